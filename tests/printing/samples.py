"""Sheets of made-up people for every form; identity codes are of the 900-series."""

from dataclasses import replace
from datetime import date, datetime

from coachdesk.clock import HELSINKI
from coachdesk.domain.papers import (
    Both,
    PlanLine,
    PlanPaper,
    PlanPart,
    PlanText,
    Replaced,
    Sender,
    Signer,
)

ON = date(2026, 12, 15)
AREA = Both("Pohjanmaan hyvinvointialue", "Österbottens välfärdsområde")
EMPLOYMENT = Both("Pohjanmaan työllisyysalue", "Österbottens sysselsättningsområde")
KELA = Both("Kela", "FPA")
WORKSHOP = Sender(
    name=Both("Merenkurkun työpaja", "Kvarkens verkstad"),
    organisation="Merenkurkun tuki ry – Stöd i Kvarken rf",
    address="Rantakatu 9 A, 65100 Vaasa",
    phone="06 000 0000",
    email="paja@merenkurkku.example",
)
FINNISH, SWEDISH = Both("suomi", "finska"), Both("ruotsi", "svenska")


def _line(fi: str, sv: str, *texts: PlanText, table: bool = False) -> PlanLine:
    return PlanLine(title=Both(fi, sv), texts=texts, table=table)


def activation_plan(language: str = "fi") -> PlanPaper:
    """The plan of the design picture, with its second page."""
    finnish = language == "fi"

    def text(fi: str, sv: str) -> str:
        return fi if finnish else sv

    situation = PlanPart(
        title=Both("tilanne nyt", "läget nu"),
        section="8",
        lines=(
            _line(
                "koulutus ja työura",
                "utbildning och yrkesbana",
                PlanText(
                    text=text(
                        "Peruskoulu, puualan perustutkinto (kesken). Kirvesmiehen apulainen 2006–2014, varastotyö 2015–2019.",
                        "Grundskola, grundexamen inom träbranschen (avbruten). Timmermansbiträde 2006–2014, lagerarbete 2015–2019.",
                    )
                ),
            ),
            _line(
                "aiempien palvelujen vaikutus",
                "bedömning av tidigare tjänster",
                PlanText(
                    text=text(
                        "Työkokeilu 2024 vahvisti päivärytmiä. Työnhakuvalmennus auttoi ansioluettelon tekemisessä.",
                        "Arbetsprövningen 2024 stärkte dygnsrytmen. Jobbsökarträningen hjälpte med meritförteckningen.",
                    )
                ),
            ),
            _line(
                "aiempien suunnitelmien toteutuminen",
                "bedömning av tidigare planer",
                PlanText(
                    text=text(
                        "Edellinen suunnitelma toteutui. Läsnäolo oli 91 prosenttia suunnitelluista päivistä.",
                        "Den förra planen genomfördes. Närvaron var 91 procent av de planerade dagarna.",
                    )
                ),
            ),
            _line(
                "toimenpiteet",
                "åtgärder",
                PlanText(
                    text=text("Kuntouttava työtoiminta", "Arbetsverksamhet i rehabiliteringssyfte"),
                    who=text("Merenkurkun työpaja", "Kvarkens verkstad"),
                    by_when=date(2027, 6, 30),
                    proposal=Both("yhdessä ehdotettu", "gemensamt förslag"),
                ),
                PlanText(
                    text=text("Työn etsintä valmentajan kanssa", "Jobbsökning tillsammans med handledaren"),
                    who=text("Väinö ja Maria Bäckström", "Väinö och Maria Bäckström"),
                    by_when=date(2027, 3, 31),
                    proposal=Both("valmentautujan ehdotus", "deltagarens förslag"),
                ),
                PlanText(
                    text=text("Työttömien terveystarkastus", "Hälsoundersökning för arbetslösa"),
                    who=text("hyvinvointialue", "välfärdsområdet"),
                    by_when=date(2027, 2, 28),
                    proposal=Both("viranomaisen ehdotus", "myndighetens förslag"),
                    own_view=text("Haluan tarkastuksen ruotsiksi.", "Jag vill ha undersökningen på svenska."),
                ),
                table=True,
            ),
        ),
    )
    activity = PlanPart(
        title=Both("kuntouttava työtoiminta", "arbetsverksamhet i rehabiliteringssyfte"),
        section="9",
        lines=(
            _line(
                "kuvaus ja paikka",
                "verksamheten och platsen",
                PlanText(
                    text=text(
                        "Puupajan työt: kalusteiden kunnostus ja pienet tilaustyöt.",
                        "Arbeten i träverkstaden: renovering av möbler och små beställningsarbeten.",
                    ),
                    place=text("Merenkurkun työpaja, Vaasa", "Kvarkens verkstad, Vasa"),
                ),
            ),
            _line(
                "kesto päivässä ja viikossa",
                "omfattning per dag och vecka",
                PlanText(minutes_a_day=300, days_a_week=4),
            ),
            _line(
                "jakson alku ja pituus",
                "periodens början och längd",
                PlanText(begins=date(2027, 1, 4), ends=date(2027, 6, 30)),
            ),
            _line(
                "tavoite",
                "målet för verksamheten",
                PlanText(
                    text=text(
                        "Väinö haluaa puualan työhön. Hän tekee keväällä yhden tutustumisjakson yrityksessä ja suorittaa työturvallisuuskortin.",
                        "Väinö vill arbeta inom träbranschen. Under våren gör han en period vid ett företag och tar arbetarskyddskortet.",
                    )
                ),
            ),
            _line(
                "tuki ja ohjaus",
                "stöd och handledning",
                PlanText(
                    text=text(
                        "Yksilövalmennus kerran viikossa. Ohjeet myös kirjallisina. Valmentaja on mukana ensimmäisellä yrityskäynnillä.",
                        "Individuell handledning en gång i veckan. Anvisningar också skriftligt. Handledaren är med vid det första företagsbesöket.",
                    ),
                    who="Maria Bäckström",
                ),
            ),
            _line(
                "muut palvelut rinnalla",
                "andra tjänster parallellt",
                PlanText(
                    text=text("Velkaneuvonnan aika on varattu.", "En tid till skuldrådgivningen är bokad."),
                    by_when=date(2027, 1, 21),
                ),
            ),
            _line(
                "milloin arvioidaan viimeistään",
                "när planen senast bedöms",
                PlanText(
                    text=text(
                        "Väliarviointi 31.3.2027. Loppuarviointi ja jatkosta päättäminen:",
                        "Mellanutvärdering 31.3.2027. Slututvärdering och beslut om fortsättningen:",
                    ),
                    by_when=date(2027, 6, 16),
                ),
            ),
        ),
    )
    return PlanPaper(
        kind=Both("aktivointisuunnitelma", "aktiveringsplan"),
        law=Both(
            "Laki kuntouttavasta työtoiminnasta 189/2001, 8 § ja 9 §",
            "Lagen om arbetsverksamhet i rehabiliteringssyfte 189/2001, 8 och 9 §",
        ),
        secret_under="812/2000",
        number="A-2026-0017",
        version=2,
        check_code="4c1e77a0",
        state="printed",
        on=ON,
        replaces_version=1,
        replaces_version_on=date(2026, 6, 2),
        workshop=WORKSHOP,
        organiser=AREA,
        trainee="Väinö Aho",
        personal_identity_code="150385Y9024",
        municipality=Both("Vaasa", "Vasa"),
        service_language=FINNISH if finnish else SWEDISH,
        parts=(situation, activity),
        replaces=(
            Replaced(
                sentence=Both(
                    "tämä suunnitelma korvaa työkyvyn tuen suunnitelman",
                    "denna plan ersätter planen för att stödja arbetsförmågan",
                )
            ),
        ),
        own_view=text(
            "Haluan tehdä töitä käsilläni. Aamut ovat minulle vaikeita, mutta kymmeneltä jaksan hyvin.",
            "Jag vill arbeta med händerna. Morgnarna är svåra för mig, men från klockan tio orkar jag bra.",
        ),
        participants=(
            "Väinö Aho",
            text("Liisa Ojala, työvoimaviranomainen", "Liisa Ojala, arbetskraftsmyndigheten"),
            text("Sten Nygård, hyvinvointialue", "Sten Nygård, välfärdsområdet"),
            text("Maria Bäckström, valmentaja", "Maria Bäckström, handledare"),
        ),
        explained_language=Both("suomeksi", "på finska") if False else (FINNISH if finnish else SWEDISH),
        explained_by="Maria Bäckström",
        signers=(
            Signer(role=Both("valmentautuja", "deltagare"), name="Väinö Aho"),
            Signer(
                role=Both("työvoimaviranomainen", "arbetskraftsmyndigheten"),
                name="Liisa Ojala",
                body=EMPLOYMENT,
            ),
            Signer(role=Both("hyvinvointialue", "välfärdsområdet"), name="Sten Nygård", body=AREA),
        ),
    )


def coaching_plan(language: str = "fi") -> PlanPaper:
    """A plan of the workshop's own, begun and with items still to be written."""
    begun = activation_plan(language)
    lines = tuple(line for part in begun.parts for line in part.lines)
    return replace(
        begun,
        kind=Both("valmennussuunnitelma", "handledningsplan"),
        law=Both(),
        secret_under="",
        number="V-2026-0003",
        version=1,
        state="draft",
        check_code="0badf00d",
        replaces_version=0,
        replaces=(),
        personal_identity_code="",
        support_person="Đặng Thị Hương",
        trainee="Nguyễn Văn Đức",
        parts=(PlanPart(lines=(replace(lines[0], texts=()), lines[3], lines[8], lines[10])),),
        participants=("Nguyễn Văn Đức", "Maria Bäckström"),
        own_view="",
        signers=(
            Signer(role=Both("valmentautuja", "deltagare"), name="Nguyễn Văn Đức"),
            Signer(role=Both("valmentaja", "handledare"), name="Maria Bäckström"),
        ),
    )


AT = datetime(2026, 12, 17, 13, 30, tzinfo=HELSINKI)
