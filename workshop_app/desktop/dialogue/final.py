"""When the summary of the dialogue is final, and what stands in the way of that."""

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue import clock
from workshop_app.desktop.dialogue.rows import Part
from workshop_app.desktop.widgets import Button, HintLine, Pill, PlainLabel, row
from workshop_app.model.dates import day_words
from workshop_app.model.dialogue import asymmetries

MUST_MEND = actions.dialogue.MUST_MEND


class FinalPart(Part):
    """What is left to mend, the one press that makes the summary final, and the way back."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(bridge, lang("Final summary"))
        self.pill = Pill()
        self.head.addWidget(self.pill)
        self.unpublished = HintLine("message-circle-question-mark", "attn")
        self.unlike = HintLine("scale", "attn")
        self.running = HintLine("clock", "attn")
        self.ready = PlainLabel(lang("Nothing stands in the way."), wrap=True)
        self.final = Button(lang("Make the summary final"), role="primary", icon="lock")
        self.reopen = Button(lang("Open the summary again"), icon="lock-open")
        self.final.clicked.connect(lambda: bridge.do(actions.dialogue.set_final))
        self.reopen.clicked.connect(lambda: bridge.do(actions.dialogue.reopen))
        for part in (self.unpublished, self.unlike, self.running):
            part.hide()
            self.body.addWidget(part)
        self.body.addWidget(self.ready)
        self.body.addLayout(row(self.final, self.reopen, None))

    def refresh(self) -> None:
        lang, now = self.lang, self.dialogue
        waiting = len(now.unpublished)
        unlike = sum(a.kind in MUST_MEND for a in asymmetries(now))
        words = lang.plural("{n} question is not published", "{n} questions are not published", waiting)
        self.unpublished.say(
            words if waiting else "", lang("The summary can be final when all have the answers.")
        )
        words = lang.plural("{n} difference is to be mended", "{n} differences are to be mended", unlike)
        self.unlike.say(
            words if unlike else "", lang("They stand in the list at the right, each with its remedy.")
        )
        live = clock.running(now) is not None
        self.running.say(lang("A meeting is running") if live else "")
        final = now.final_at is not None
        if now.final_at is not None:
            day = day_words(now.final_at.astimezone().date().isoformat(), lang, weekday=False)
            self.pill.show_state(lang("Final since {day}").format(day=day), "done", "lock")
        else:
            self.pill.show_state(lang("Draft"), "outline", "pencil")
        self.ready.setVisible(not (waiting or unlike or live or final) and now.started)
        self.final.setVisible(not final)
        self.reopen.setVisible(final)
