"""Small widgets used everywhere; words are given by the screen (``Screen.word`` or ``retranslate``).

Usage::

    from coachdesk.ui.widgets.buttons import Button, ToolButton
    Button(_("Save"), kind="primary", icon="check", key="Ctrl+Enter")   # key is printed on the button
    ToolButton("chevron-left")            # icon alone: set_words("Previous month") gives name and tooltip
    from coachdesk.ui.widgets.pictures import Chip, Picture
    Chip(_("Missing"), kind="danger")     # neutral ok warn danger info soft; colour, picture and word
    from coachdesk.ui.widgets.notice import Notice
    Notice("warn", _("Week 50 has five days."), title="")   # .set_text(), .add_button(button)
    from coachdesk.ui.widgets.card import Card
    Card(_("Goal and period"))            # .body is its layout, .set_title(), .add_aside(widget)
    from coachdesk.ui.widgets.field import Field
    Field(line_edit)                      # caption above with buddy, error below:
                                          #   .set_caption(text), .set_error(text), .set_help(text)
    from coachdesk.ui.widgets.segmented import Segmented
    Segmented(("day", "person"))          # .set_words({"day": _("Day")}), .chosen, .picked signal
    from coachdesk.ui.widgets.empty import EmptyState
    EmptyState("users", button=True)      # .set_words(sentence, detail, button), .asked signal
    from coachdesk.ui.widgets.words import heading, label, tip
    from coachdesk.ui.widgets.layout import column_of, row_of, rule, scrolled

Each lives in a module of its own, since the unlock window reads only the few it shows.
"""
