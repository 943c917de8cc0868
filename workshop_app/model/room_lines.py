"""What the room check can say: for each row a title, and for each finding a state, a sentence and one remedy."""

from dataclasses import dataclass

from workshop_app.i18n import N_

OK, TODO, WAITING, UNKNOWN = "ok", "todo", "waiting", "unknown"

TITLES = {
    "phone": N_("Your own phone"),
    "network": N_("The network in the room"),
    "door": N_("The phones' page"),
    "places": N_("Room for phones"),
    "screen": N_("The projector"),
    "power": N_("Power"),
    "disk": N_("Space on the disk"),
    "file": N_("Where the file lies"),
    "clock": N_("The clock"),
}


@dataclass(frozen=True)
class Line:
    """What a row can say: its state, the sentence, the one remedy and what a button beside it would do."""

    state: str
    said: str
    remedy: str = ""
    action: str = ""


LINES = {
    "phone": {
        "answers": Line(OK, N_("Reached the page. The answer took {ms} ms.")),
        "reached": Line(OK, N_("Reached the page.")),
        "slow": Line(
            TODO, N_("Reached the page, but the answer took {ms} ms."), N_("Move the access point nearer")
        ),
        "not_yet": Line(
            WAITING,
            N_(
                "Not tried yet. Join with the codes on the right, preferably from the far corner of the room."
            ),
            N_("Waiting for a phone"),
        ),
        "no_door": Line(WAITING, N_("Can be tried when the phones' page is open."), N_("See the rows below")),
    },
    "network": {
        "named": Line(OK, N_("{wifi}. The computer has the address {address}.")),
        "wifi": Line(OK, N_("Wi-Fi. The computer has the address {address}.")),
        "cable": Line(OK, N_("By cable. The computer has the address {address}.")),
        "hotspot": Line(OK, N_("The computer's own hotspot. It has the address {address}.")),
        "plain": Line(OK, N_("The computer has the address {address}.")),
        "several": Line(
            UNKNOWN,
            N_("The computer is on {n} networks. Phones must be on the one with the address {address}."),
        ),
        "none": Line(
            TODO,
            N_("The computer is on no network, so no phone can reach it."),
            N_("Join the room's Wi-Fi or start a hotspot"),
        ),
        "self_given": Line(
            TODO,
            N_("The network gave no address. The computer made up {address} by itself."),
            N_("Restart the router in the room"),
        ),
        "vpn": Line(
            TODO, N_("A VPN is on ({name}). It can lead the answers past the room."), N_("Turn off the VPN")
        ),
        "other": Line(
            TODO,
            N_("The code leads to {host}, which phones hardly reach. {address} suits better."),
            N_("Use {address}"),
            "use_address",
        ),
    },
    "door": {
        "open": Line(OK, N_("Open at {host}, port {port}.")),
        "starting": Line(WAITING, N_("Is starting."), N_("Waiting")),
        "shut": Line(TODO, N_("Did not open. {why}"), N_("Try again"), "start"),
    },
    "places": {
        "enough": Line(
            OK,
            N_(
                "About {most} phones with an access point made for offices, fewer with a home router. {n} in now."
            ),
        ),
        "many": Line(
            TODO, N_("{n} phones are in. About {most} is what one access point carries."), N_("Share phones")
        ),
        "hotspot": Line(OK, N_("A hotspot carries about {most} phones. {n} in now.")),
        "crowded": Line(
            TODO,
            N_("A hotspot carries about {most} phones, and the format is for up to {people} people."),
            N_("Share phones, or use paper cards"),
        ),
        "none": Line(UNKNOWN, N_("Is known when there is a network.")),
    },
    "screen": {
        "two": Line(OK, N_("{width} × {height}. F5 shows the room's picture there.")),
        "one": Line(
            TODO,
            N_("No second screen. F5 shows the room's picture on this one."),
            N_("Connect the projector"),
        ),
    },
    "power": {
        "plugged": Line(OK, N_("The charger is connected. Battery {percent} %.")),
        "mains": Line(OK, N_("The computer runs on mains power.")),
        "lasts": Line(
            TODO, N_("Battery {percent} %. It lasts until about {time}."), N_("Plug in the charger")
        ),
        "battery": Line(TODO, N_("Battery {percent} %."), N_("Plug in the charger")),
        "long": Line(OK, N_("Battery {percent} %. It lasts until about {time}.")),
        "unknown": Line(UNKNOWN, N_("This computer does not tell. See that the charger is connected.")),
    },
    "disk": {
        "gb": Line(OK, N_("{n} GB free.")),
        "mb": Line(OK, N_("{n} MB free.")),
        "little": Line(
            TODO, N_("Only {n} MB free. Cards fit, backups may not."), N_("Make room on the disk")
        ),
        "hardly": Line(TODO, N_("Only {n} MB free. The workshop may stop."), N_("Make room on the disk now")),
        "unknown": Line(UNKNOWN, N_("This computer does not tell how much is free.")),
    },
    "file": {
        "local": Line(OK, N_("On this computer.")),
        "network": Line(
            TODO,
            N_("On a network disk. If the network goes, so does the file."),
            N_("Move the file to this computer"),
        ),
        "synced": Line(
            TODO,
            N_("In a folder that {service} keeps in step. It can take the file while it is written."),
            N_("Move the file to an ordinary folder"),
        ),
    },
    "clock": {
        "right": Line(OK, N_("{date}, {time}.")),
        "behind": Line(
            TODO, N_("Shows {date}, {time}, but the workshop was made later than that."), N_("Set the clock")
        ),
    },
}
