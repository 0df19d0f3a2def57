"""Summaries as a FHIR R4 Bundle, by the table in ``docs/mapping.md``.

Written from nothing, field by field, so that nothing passes that the table does not name.  No profile is
claimed.  Codes of our own are ``urn:coachdesk:codes:<list>``; what R4 has no place for is an extension.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from coachdesk.domain.consent import CONSENT_SCOPES
from coachdesk.domain.days import months_on
from coachdesk.domain.phases import PHASE_NAMES

Resource = dict[str, Any]

REF = "urn:coachdesk:ref"
IDENTITY_CODE = "urn:oid:1.2.246.21"
MUNICIPALITIES = "urn:oid:1.2.246.537.6.21"
MUNICIPALITY = "https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/municipality-code"
_TERMS = "http://terminology.hl7.org/CodeSystem"
_OBSERVED = "urn:coachdesk:codes:observations"
_NAMES = uuid5(NAMESPACE_URL, "urn:coachdesk:fhir")


def bundle_head(made: str) -> Resource:
    """A collection, but for its ``entry``; ``made`` is an instant with its zone."""
    return {"resourceType": "Bundle", "type": "collection", "timestamp": made}


def entries(summaries: Iterable[Mapping[str, Any]]) -> Iterator[Resource]:
    """Every resource of every summary."""
    for one in summaries:
        for found in resources(one):
            yield {"fullUrl": _urn(found["resourceType"], found["id"]), "resource": found}


def resources(summary: Mapping[str, Any]) -> Iterator[Resource]:
    """The resources of one summary, the person first."""
    fields, who = summary["fields"], summary["ref"]
    yield _patient(summary)
    yield _consent(summary)
    for number, phase in enumerate(fields.get("phases", ()), 1):
        yield _phase(who, number, phase)
    for number, coaching in enumerate(fields.get("job_coaching", ()), 1):
        yield _coaching(who, number, coaching)
    if fields.get("goal"):
        text = {"description": {"text": fields["goal"]}, "subject": _patient_of(who)}
        yield {"resourceType": "Goal", "id": f"{who}-goal", "lifecycleStatus": "active", **text}
    if fields.get("next_step") or fields.get("next_step_due"):
        yield _next_step(who, fields)
    for number, plan in enumerate(fields.get("plans", ()), 1):
        yield _plan(who, number, plan)
    yield from _observations(who, fields)


def _patient(summary: Mapping[str, Any]) -> Resource:
    fields = summary["fields"]
    found: Resource = {"resourceType": "Patient", "id": summary["ref"], "active": True}
    found["identifier"] = [{"system": REF, "value": summary["ref"]}]
    if fields.get("personal_identity_code"):
        kind = {"coding": [{"system": f"{_TERMS}/v2-0203", "code": "NNFIN"}]}
        code = {"system": IDENTITY_CODE, "value": fields["personal_identity_code"]}
        found["identifier"].append({"use": "official", "type": kind, **code})
    name = {"family": fields.get("family_name"), "given": _listed(fields.get("given_names"))}
    if any(name.values()):
        found["name"] = [{key: value for key, value in name.items() if value}]
    if fields.get("birth_date"):
        found["birthDate"] = fields["birth_date"]
    if fields.get("municipality"):
        coding = {"system": MUNICIPALITIES, "version": "2003", "code": fields["municipality"]}
        found["extension"] = [{"url": MUNICIPALITY, "valueCoding": coding}]
    if fields.get("service_language"):
        language = {"coding": [{"system": "urn:ietf:bcp:47", "code": fields["service_language"]}]}
        found["communication"] = [{"language": language, "preferred": True}]
    reached = [{"system": how, "value": fields[how]} for how in ("phone", "email") if fields.get(how)]
    return found | ({"telecom": reached} if reached else {})


def _consent(summary: Mapping[str, Any]) -> Resource:
    let_out = [scope.key for scope in CONSENT_SCOPES if set(scope.fields) & summary["fields"].keys()]
    return {
        "resourceType": "Consent",
        "id": summary["consent"],
        "status": "active",
        "scope": {"coding": [{"system": f"{_TERMS}/consentscope", "code": "patient-privacy"}]},
        "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
        "patient": _patient_of(summary["ref"]),
        "policyRule": {"coding": [{"system": f"{_TERMS}/v3-ActCode", "code": "OPTIN"}]},
        "provision": {
            "type": "permit",
            "period": {"end": summary["valid_to"]},
            "code": [_code("urn:coachdesk:codes:consent_scopes", key) for key in let_out],
        },
    }


def _phase(who: str, number: int, phase: Mapping[str, Any]) -> Resource:
    kind = _code("urn:coachdesk:codes:phases", str(phase["phase"]), PHASE_NAMES[phase["phase"]])
    episode = _episode(f"{who}-phase-{number}", who, kind, bool(phase["open"]))
    return episode | _period(phase["opened"], phase["closed"])


def _coaching(who: str, number: int, coaching: Mapping[str, Any]) -> Resource:
    kind = _code("urn:coachdesk:codes:services", "job_coaching")
    found = _episode(f"{who}-coaching-{number}", who, kind, coaching["ended"] is None)
    found |= _period(coaching["begun"], coaching["ended"])
    if coaching["outcome"]:
        concept = _code("urn:coachdesk:codes:outcomes", coaching["outcome"])
        found["extension"] = [{"url": "urn:coachdesk:fhir:outcome", "valueCodeableConcept": concept}]
    return found


def _episode(id_: str, who: str, kind: Resource, is_open: bool) -> Resource:
    status = "active" if is_open else "finished"
    head = {"resourceType": "EpisodeOfCare", "id": id_, "status": status}
    return {**head, "type": [kind], "patient": _patient_of(who)}


def _next_step(who: str, fields: Mapping[str, Any]) -> Resource:
    detail: Resource = {"status": "not-started"}
    if fields["next_step"]:
        detail["description"] = fields["next_step"]
    if fields["next_step_due"]:
        detail["scheduledPeriod"] = {"end": fields["next_step_due"]}
    found = _care_plan(f"{who}-coaching-plan", who, _code("urn:coachdesk:codes:care_plans", "coaching"))
    goal = {"goal": [{"reference": _urn("Goal", f"{who}-goal")}]} if fields["goal"] else {}
    return found | goal | {"activity": [{"detail": detail}]}


def _plan(who: str, number: int, plan: Mapping[str, Any]) -> Resource:
    kind = _code("urn:coachdesk:codes:plan_kinds", plan["kind"])
    found = _care_plan(f"{who}-plan-{number}", who, kind) | _period(plan["made"], plan["valid_to"])
    if plan["made"]:
        found["created"] = plan["made"]
    extra: list[Resource] = []
    if plan["version"]:
        extra.append({"url": "urn:coachdesk:fhir:version", "valueInteger": plan["version"]})
    if plan["review"]:
        extra.append({"url": "urn:coachdesk:fhir:review", "valueDate": plan["review"]})
    for one in plan["signatures"]:
        role = _code("urn:coachdesk:codes:signing_roles", one["role"])
        inner = [{"url": "role", "valueCodeableConcept": role}, {"url": "day", "valueDate": one["day"]}]
        extra.append({"url": "urn:coachdesk:fhir:signature", "extension": inner})
    return found | ({"extension": extra} if extra else {})


def _care_plan(id_: str, who: str, kind: Resource) -> Resource:
    head = {"resourceType": "CarePlan", "id": id_, "status": "active", "intent": "plan"}
    return {**head, "category": [kind], "subject": _patient_of(who)}


def _observations(who: str, fields: Mapping[str, Any]) -> Iterator[Resource]:
    for one in fields.get("attended_months", ()):
        first = date.fromisoformat(f"{one['month']}-01")
        last = months_on(first, 1) - timedelta(days=1)
        found = _observation(f"{who}-days-{one['month']}", who, _code(_OBSERVED, "attended_days"))
        found["effectivePeriod"] = {"start": first.isoformat(), "end": last.isoformat()}
        unit = {"unit": "d", "system": "http://unitsofmeasure.org", "code": "d"}
        yield found | {"valueQuantity": {"value": one["days"], **unit}}
    for number, one in enumerate(fields.get("self_assessments", ()), 1):
        area = _code(f"urn:coachdesk:codes:{one['instrument']}", str(one["area"]))
        found = _observation(f"{who}-own-{number}", who, area)
        yield found | {"effectiveDateTime": one["day"], "valueInteger": one["score"]}
    if fields.get("support_needed"):
        found = _observation(f"{who}-support", who, _code(_OBSERVED, "support_needed"))
        yield found | {"valueString": fields["support_needed"]}


def _observation(id_: str, who: str, code: Resource) -> Resource:
    head = {"resourceType": "Observation", "id": id_, "status": "final"}
    return {**head, "code": code, "subject": _patient_of(who)}


def _code(system: str, code: str, display: str = "") -> Resource:
    return {"coding": [{"system": system, "code": code} | ({"display": display} if display else {})]}


def _patient_of(ref: str) -> Resource:
    return {"reference": _urn("Patient", ref)}


def _urn(kind: str, id_: str) -> str:
    """The name by which a resource of this Bundle refers to another: the same in each export (UUID v5)."""
    return uuid5(_NAMES, f"{kind}/{id_}").urn


def _period(start: str | None, end: str | None) -> Resource:
    found = {name: day for name, day in (("start", start), ("end", end)) if day}
    return {"period": found} if found else {}


def _listed(text: str | None) -> list[str]:
    return [text] if text else []
