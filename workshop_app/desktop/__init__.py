"""The desk: everything that knows Qt."""

from workshop_app.desktop import guard

guard.install()
