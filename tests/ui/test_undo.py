from coachdesk.ui.undo import KEPT, Undo


def test_last_act_is_taken_back_first(qapp):
    undo, done = Undo(), []
    undo.did("one", lambda: done.append("-one"))
    undo.did("two", lambda: done.append("-two"))

    assert undo.undo() == "two"
    assert undo.undo() == "one"
    assert undo.undo() == ""
    assert done == ["-two", "-one"]


def test_what_was_taken_back_can_be_done_again(qapp):
    undo, done = Undo(), []
    undo.did("mark", lambda: done.append("-"), lambda: done.append("+"))

    undo.undo()
    assert undo.redo() == "mark"
    assert undo.redo() == ""
    assert done == ["-", "+"]


def test_new_act_forgets_what_was_undone(qapp):
    undo = Undo()
    undo.did("old", lambda: None, lambda: None)
    undo.undo()

    undo.did("new", lambda: None)

    assert not undo.can_redo


def test_the_last_hundred_acts_are_kept(qapp):
    undo = Undo()
    for number in range(KEPT + 5):
        undo.did(str(number), lambda: None)

    assert sum(bool(undo.undo()) for _time in range(KEPT + 5)) == KEPT


def test_act_made_key_by_key_shows_no_bar(qapp):
    undo, shown = Undo(), []
    undo.happened.connect(shown.append)

    undo.did("quiet", lambda: None, bar=False)
    undo.did("loud", lambda: None)

    assert shown == ["loud"]
