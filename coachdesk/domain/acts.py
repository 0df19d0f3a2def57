"""What is done at the desk, each act by its name in the log and its words for people.

``act`` is "word.verb", as it stands in the log for good: a name is never changed or used again.  What an
act is for the trainee's right to know (Act 703/2023, sections on use and disclosure): a *look*, a
*change*, a *print*, a *disclosure* to somebody outside, or a matter of the *desk* itself.
"""

from dataclasses import dataclass
from enum import StrEnum

from coachdesk.i18n import N_


class ActKind(StrEnum):
    """What an act is for the person whose data it touches."""

    LOOK = "look"
    CHANGE = "change"
    PRINT = "print"
    DISCLOSURE = "disclosure"
    DESK = "desk"


KIND_NAMES = {
    ActKind.LOOK: N_("Look"),
    ActKind.CHANGE: N_("A change"),
    ActKind.PRINT: N_("Print-out"),
    ActKind.DISCLOSURE: N_("Disclosure"),
    ActKind.DESK: N_("The desk itself"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its name in the log, its words (a message id), its kind."""

    key: str
    words: str
    kind: ActKind


_ACTS = (
    Act("absence_report.made", N_("Absence report marked as made"), ActKind.CHANGE),
    Act("absence_report.nothing", N_("Nothing to report, marked"), ActKind.CHANGE),
    Act("absence_report.print", N_("Absence report printed"), ActKind.PRINT),
    Act("absence_report.sent", N_("Absence report sent to the payer"), ActKind.DISCLOSURE),
    Act("absence_report.undo", N_("Mark of the absence report undone"), ActKind.CHANGE),
    Act("absence_reports.open", N_("Absence reports opened"), ActKind.LOOK),
    Act("access_log.open", N_("The log of the desk opened"), ActKind.LOOK),
    Act("access_log.of_trainee", N_("The trainee's log opened"), ActKind.LOOK),
    Act("access_log.print", N_("Report of the log printed"), ActKind.PRINT),
    Act("appointment.add", N_("Appointment agreed"), ActKind.CHANGE),
    Act("appointment.edit", N_("Appointment changed"), ActKind.CHANGE),
    Act("appointment.outcome", N_("Outcome of the appointment written"), ActKind.CHANGE),
    Act("appointment.print", N_("Slip of the appointment printed"), ActKind.PRINT),
    Act("appointment.remove", N_("Appointment removed"), ActKind.CHANGE),
    Act("attachment.add", N_("File added"), ActKind.CHANGE),
    Act("attachment.edit", N_("Details of the file changed"), ActKind.CHANGE),
    Act("attachment.open", N_("File opened"), ActKind.LOOK),
    Act("attachment.remove", N_("File removed"), ActKind.CHANGE),
    Act("attachment.restore", N_("Removed file brought back"), ActKind.CHANGE),
    Act("attendance.open", N_("Attendance of a month opened"), ActKind.LOOK),
    Act("attendance.print", N_("Attendance list printed"), ActKind.PRINT),
    Act("backup.choose_folder", N_("Folder of backups chosen"), ActKind.DESK),
    Act("backup.made", N_("Backup made"), ActKind.DESK),
    Act("backup.not_proved", N_("Backup found not to work"), ActKind.DESK),
    Act("backup.proved", N_("Backup proved"), ActKind.DESK),
    Act("backup.restored", N_("Restored from a backup"), ActKind.DESK),
    Act("benefit.add", N_("Benefit recorded"), ActKind.CHANGE),
    Act("benefit.edit", N_("Benefit changed"), ActKind.CHANGE),
    Act("benefit.remove", N_("Benefit removed"), ActKind.CHANGE),
    Act("coach.add", N_("Coach added"), ActKind.DESK),
    Act("coach.edit", N_("Coach changed"), ActKind.DESK),
    Act("coach.let_in", N_("Coach given a passphrase"), ActKind.DESK),
    Act("coach.remove", N_("Coach removed from those who open"), ActKind.DESK),
    Act("coach.set_role", N_("Coach's role changed"), ActKind.DESK),
    Act("coaching.begin", N_("Job coaching begun"), ActKind.CHANGE),
    Act("coaching.edit", N_("Job coaching changed"), ActKind.CHANGE),
    Act("coaching.remove", N_("Job coaching removed"), ActKind.CHANGE),
    Act("clock.back", N_("Clock of the computer set back"), ActKind.DESK),
    Act("consent.give", N_("Consent recorded"), ActKind.CHANGE),
    Act("consent.print", N_("Consent form printed"), ActKind.PRINT),
    Act("consent.take_back", N_("Consent recorded by mistake taken back"), ActKind.CHANGE),
    Act("consent.withdraw", N_("Consent withdrawn"), ActKind.CHANGE),
    Act("day.clear", N_("Attendance mark cleared"), ActKind.CHANGE),
    Act("day.held", N_("Day held after all"), ActKind.CHANGE),
    Act("day.not_held", N_("Day not held"), ActKind.CHANGE),
    Act("day.record", N_("Attendance marked"), ActKind.CHANGE),
    Act("demo.fill", N_("Made-up people filled in"), ActKind.DESK),
    Act("desk_card.forget", N_("Another desk forgotten"), ActKind.DESK),
    Act("desk_card.take_in", N_("Public file of another desk taken in"), ActKind.DESK),
    Act("desk_card.write", N_("Public file of this desk written"), ActKind.DESK),
    Act("desk.change_passphrase", N_("Passphrase changed"), ActKind.DESK),
    Act("desk.set_passphrase", N_("New passphrase set with the recovery sheet"), ActKind.DESK),
    Act("desk.create", N_("Desk made"), ActKind.DESK),
    Act("desk.first_run", N_("First use finished"), ActKind.DESK),
    Act("desk.new_recovery_key", N_("New recovery sheet made"), ActKind.DESK),
    Act("desk.print_recovery_sheet", N_("Recovery sheet drawn"), ActKind.DESK),
    Act("desk.prove_recovery", N_("Recovery sheet proved"), ActKind.DESK),
    Act("dossier.make", N_("Copy of all data made"), ActKind.PRINT),
    Act("unlock.failed", N_("Wrong passphrase tried"), ActKind.DESK),
    Act("lost_laptop.make", N_("Page of a lost laptop made"), ActKind.DESK),
    Act("feedback.add", N_("Grade recorded"), ActKind.CHANGE),
    Act("feedback.edit", N_("Grade changed"), ActKind.CHANGE),
    Act("feedback.remove", N_("Grade removed"), ActKind.CHANGE),
    Act("figures.print", N_("Figures printed"), ActKind.PRINT),
    Act("figures.read", N_("Figures read"), ActKind.LOOK),
    Act("group.add", N_("Group added"), ActKind.DESK),
    Act("group.edit", N_("Group renamed"), ActKind.DESK),
    Act("handover.accept", N_("Taken over from another desk"), ActKind.DISCLOSURE),
    Act("handover.answer", N_("The other desk's answer read"), ActKind.DISCLOSURE),
    Act("handover.look", N_("Handover from another desk looked at"), ActKind.LOOK),
    Act("handover.prepare", N_("What would be handed over looked at"), ActKind.LOOK),
    Act("handover.refuse", N_("Handover from another desk refused"), ActKind.DESK),
    Act("handover.write", N_("Handed over to another desk"), ActKind.DISCLOSURE),
    Act("import.carry_out", N_("Spreadsheet imported"), ActKind.DESK),
    Act("import.preview", N_("Import looked at beforehand"), ActKind.LOOK),
    Act("import.trainee", N_("Details imported"), ActKind.CHANGE),
    Act("import.undo", N_("Import undone"), ActKind.DESK),
    Act("import.undo_trainee", N_("Imported details undone"), ActKind.CHANGE),
    Act("information.give", N_("Information text given"), ActKind.CHANGE),
    Act("information.print", N_("Information text printed"), ActKind.PRINT),
    Act("information.take_back", N_("Information text given by mistake taken back"), ActKind.CHANGE),
    Act("next_step.edit", N_("Next step changed"), ActKind.CHANGE),
    Act("next_step.set", N_("Next step written"), ActKind.CHANGE),
    Act("norm.set", N_("Norm of a phase set"), ActKind.DESK),
    Act("note.add", N_("Note written"), ActKind.CHANGE),
    Act("note.copy", N_("Note copied as text"), ActKind.DISCLOSURE),
    Act("note.edit", N_("Note changed"), ActKind.CHANGE),
    Act("note.list", N_("Notes opened"), ActKind.LOOK),
    Act("note.list_not_recorded", N_("List of notes not recorded elsewhere opened"), ActKind.LOOK),
    Act("note.record_elsewhere", N_("Note marked as recorded elsewhere"), ActKind.CHANGE),
    Act("note.remove", N_("Note removed"), ActKind.CHANGE),
    Act("note.restore", N_("Removed note brought back"), ActKind.CHANGE),
    Act("note.unmark_elsewhere", N_("Mark of recording elsewhere taken away"), ActKind.CHANGE),
    Act("outbox.begin_anew", N_("Numbers of sending begun anew"), ActKind.DESK),
    Act("outbox.export", N_("Export file written"), ActKind.DESK),
    Act("outbox.put_back", N_("Put back into the queue"), ActKind.DESK),
    Act("outbox.receipt", N_("Receipt of the region read"), ActKind.DESK),
    Act("outbox.seal", N_("Bundle sealed"), ActKind.DESK),
    Act("outbox.take_back", N_("Sealed bundle destroyed by a withdrawal"), ActKind.CHANGE),
    Act("own_view.add", N_("The trainee's own view written"), ActKind.CHANGE),
    Act("own_view.remove", N_("The trainee's own view removed"), ActKind.CHANGE),
    Act("period.add", N_("Period begun"), ActKind.CHANGE),
    Act("period.edit", N_("Period changed"), ActKind.CHANGE),
    Act("period.end", N_("Period ended"), ActKind.CHANGE),
    Act("period.join_group", N_("Joined to a group"), ActKind.CHANGE),
    Act("period.remove", N_("Period removed"), ActKind.CHANGE),
    Act("permission.give", N_("Permission to disclose recorded"), ActKind.CHANGE),
    Act("permission.take_back", N_("Permission recorded by mistake taken back"), ActKind.CHANGE),
    Act("permission.withdraw", N_("Permission to disclose withdrawn"), ActKind.CHANGE),
    Act("phase.close", N_("Phase closed"), ActKind.CHANGE),
    Act("phase.open", N_("Phase opened"), ActKind.CHANGE),
    Act("phase.reenter", N_("Phase entered again"), ActKind.CHANGE),
    Act("phase.edit", N_("Days of the phase changed"), ActKind.CHANGE),
    Act("phase.remove", N_("Opening of the phase removed"), ActKind.CHANGE),
    Act("plan.begin", N_("Plan begun"), ActKind.CHANGE),
    Act("plan.change_others", N_("Plan made by others changed"), ActKind.CHANGE),
    Act("plan.end", N_("Plan ended"), ActKind.CHANGE),
    Act("plan.explain", N_("Explaining of the plan recorded"), ActKind.CHANGE),
    Act("plan.finish", N_("Plan marked final"), ActKind.CHANGE),
    Act("plan.new_version", N_("New version of the plan begun"), ActKind.CHANGE),
    Act("plan.print", N_("Plan printed"), ActKind.PRINT),
    Act("plan.print_sheet", N_("Sheet for another's plan printed"), ActKind.PRINT),
    Act("plan.record_others", N_("Plan made by others recorded"), ActKind.CHANGE),
    Act("plan.remove", N_("Plan removed"), ActKind.CHANGE),
    Act("plan.set_items", N_("Items of the plan changed"), ActKind.CHANGE),
    Act("plan.set_participants", N_("Participants of the plan changed"), ActKind.CHANGE),
    Act("plan.set_replaces", N_("What the plan replaces changed"), ActKind.CHANGE),
    Act("plan.write_item", N_("Item of the plan written"), ActKind.CHANGE),
    Act("plan.remove_item", N_("Item of the plan removed"), ActKind.CHANGE),
    Act("plan.find_paper", N_("Paper found by its code"), ActKind.LOOK),
    Act("plan.move_item", N_("Item of the plan moved"), ActKind.CHANGE),
    Act("plan.set_language", N_("Language of the plan changed"), ActKind.CHANGE),
    Act("plan.reopen", N_("Plan taken back to a draft"), ActKind.CHANGE),
    Act("plan.sign", N_("Signatures recorded"), ActKind.CHANGE),
    Act("prohibition.give", N_("Prohibition recorded"), ActKind.CHANGE),
    Act("prohibition.lift", N_("Prohibition lifted"), ActKind.CHANGE),
    Act("region.enrol", N_("Region enrolled"), ActKind.DESK),
    Act("retention.list", N_("List of what is due for removal opened"), ActKind.LOOK),
    Act("retention.look", N_("What would go with a trainee looked at"), ActKind.LOOK),
    Act("retention.remove", N_("Trainee removed for good"), ActKind.DESK),
    Act("rights_request.answer", N_("Request about own data answered"), ActKind.CHANGE),
    Act("rights_request.edit", N_("Request about own data changed"), ActKind.CHANGE),
    Act("rights_request.lift", N_("Restriction lifted"), ActKind.CHANGE),
    Act("rights_request.record", N_("Request about own data recorded"), ActKind.CHANGE),
    Act("rights_request.remove", N_("Request about own data recorded by mistake taken back"), ActKind.CHANGE),
    Act("self_assessment.correct", N_("Self-assessment corrected"), ActKind.CHANGE),
    Act("self_assessment.record", N_("Self-assessment recorded"), ActKind.CHANGE),
    Act("self_assessment.remove", N_("Self-assessment removed"), ActKind.CHANGE),
    Act("summary.accept", N_("Summary accepted for sending"), ActKind.CHANGE),
    Act("summary.look", N_("Summary looked at"), ActKind.LOOK),
    Act("summary.print", N_("Summary printed for the trainee"), ActKind.PRINT),
    Act("summary.review", N_("Summaries to send opened"), ActKind.LOOK),
    Act("summary.seal", N_("Summary given to the region"), ActKind.DISCLOSURE),
    Act("summary.see_each", N_("Asking each time set"), ActKind.CHANGE),
    Act("today.open", N_("Today opened"), ActKind.LOOK),
    Act("removed.bring_back", N_("Removed thing brought back"), ActKind.CHANGE),
    Act("removed.list", N_("List of removed things opened"), ActKind.LOOK),
    Act("removed.purge", N_("Removed thing gone for good"), ActKind.CHANGE),
    Act("trainee.edit", N_("Details changed"), ActKind.CHANGE),
    Act("trainee.compare", N_("Compared with another record"), ActKind.LOOK),
    Act("trainee.join", N_("Two records joined"), ActKind.CHANGE),
    Act("trainee.joined", N_("Joined into another record"), ActKind.CHANGE),
    Act("trainee.part", N_("Joined records parted again"), ActKind.CHANGE),
    Act("trainee.list", N_("List of trainees opened"), ActKind.LOOK),
    Act("trainee.open", N_("The trainee's page opened"), ActKind.LOOK),
    Act("trainee.preview", N_("Card of a search hit looked at"), ActKind.LOOK),
    Act("trainee.register", N_("Trainee registered"), ActKind.CHANGE),
    Act("trainee.remove", N_("Trainee removed"), ActKind.CHANGE),
    Act("trainee.show_code", N_("Identity code shown"), ActKind.LOOK),
    Act("trainee.stand_in", N_("Opened for another coach, with a reason"), ActKind.LOOK),
    Act("workshop.add", N_("Workshop added"), ActKind.DESK),
    Act("workshop.edit", N_("Workshop changed"), ActKind.DESK),
)

ACTS = {act.key: act for act in _ACTS}


def act_of(key: str) -> Act:
    """The act of a name in the log; one of another version is told by its bare name."""
    return ACTS.get(key) or Act(key, key, ActKind.CHANGE)
