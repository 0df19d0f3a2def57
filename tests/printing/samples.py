# ruff: noqa: E501
"""Sheets of made-up people for every form; identity codes are of the 900-series."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from coachdesk.clock import HELSINKI
from coachdesk.domain.attendance_papers import (
    AbsenceReportPaper,
    AbsentDay,
    DayNotArranged,
    MonthDay,
    MonthListPaper,
    MonthRow,
)
from coachdesk.domain.codes import codes
from coachdesk.domain.dossier import DossierPaper, LostPaper, Section
from coachdesk.domain.papers import (
    Both,
    ConsentPaper,
    FiguresPaper,
    GivenRow,
    InformationPaper,
    InformationSection,
    LogPaper,
    RecoveryPaper,
    ScopeOnPaper,
    Sender,
    Signer,
    SlipPaper,
    SummaryGroup,
    SummaryPaper,
    SummaryRow,
    UsedRow,
)
from coachdesk.domain.plan_papers import (
    PlanLine,
    PlanPaper,
    PlanPart,
    PlanText,
    Replaced,
    ReplacementPaper,
    SaidOfPlan,
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
        views=(
            SaidOfPlan(
                text=text(
                    "Haluan tehdä töitä käsilläni. Aamut ovat minulle vaikeita, mutta kymmeneltä jaksan hyvin.",
                    "Jag vill arbeta med händerna. Morgnarna är svåra för mig, men från klockan tio orkar jag bra.",
                )
            ),
        ),
        participants=(
            "Väinö Aho",
            text("Liisa Ojala, työvoimaviranomainen", "Liisa Ojala, arbetskraftsmyndigheten"),
            text("Sten Nygård, hyvinvointialue", "Sten Nygård, välfärdsområdet"),
            text("Maria Bäckström, valmentaja", "Maria Bäckström, handledare"),
        ),
        explained_language=FINNISH if finnish else SWEDISH,
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
        views=(
            SaidOfPlan(
                text="Viisi tuntia on minulle liikaa." if language == "fi" else "Fem timmar är för mycket.",
                disagrees=True,
                on=date(2027, 2, 3),
            ),
        ),
        signers=(
            Signer(role=Both("valmentautuja", "deltagare"), name="Nguyễn Văn Đức"),
            Signer(role=Both("valmentaja", "handledare"), name="Maria Bäckström"),
        ),
    )


def replacement(language: str = "fi") -> ReplacementPaper:
    """Another's plan that stands for a work ability support plan."""
    fi = language == "fi"
    return ReplacementPaper(
        on=ON,
        workshop=WORKSHOP,
        trainee="Elli Esimerkki",
        birth_date=date(1990, 1, 1),
        plan_kind=Both("monialainen työllistymissuunnitelma", "sektorsövergripande sysselsättningsplan"),
        plan_maker="Pohjanmaan työllisyysalue" if fi else "Österbottens sysselsättningsområde",
        plan_made=date(2026, 10, 5),
        sentence=Both(
            "tämä suunnitelma korvaa työkyvyn tuen suunnitelman",
            "denna plan ersätter planen för att stödja arbetsförmågan",
        ),
        goals=(
            "Osa-aikainen työ ravintola-alalla kevään aikana.\nPäivärytmi ja jaksaminen."
            if fi
            else "Deltidsarbete inom restaurangbranschen under våren.\nDygnsrytm och ork."
        ),
        points=(
            ("Työkokeilu tammikuusta alkaen", "Valmentaja mukana työpaikalla ensimmäisen viikon")
            if fi
            else ("Arbetsprövning från januari", "Handledaren med på arbetsplatsen den första veckan")
        ),
        permission_given=date(2026, 10, 6),
        coach="Maria Bäckström",
    )


def consent(language: str = "fi") -> ConsentPaper:
    """A consent with word scopes and scopes that stay home."""
    fi = language == "fi"

    def text(one: str, other: str) -> str:
        return one if fi else other

    scopes = (
        ScopeOnPaper(
            title=text("Perustiedot", "Grunduppgifter"),
            sentence=text(
                "Nimesi, henkilötunnuksesi, kotikuntasi ja yhteystietosi lähtevät.",
                "Ditt namn, din personbeteckning, din hemkommun och dina kontaktuppgifter lämnas ut.",
            ),
            fields=(
                ("nimi", "henkilötunnus", "kotikunta", "puhelin", "sähköposti")
                if fi
                else ("namn", "personbeteckning", "hemkommun", "telefon", "e-post")
            ),
            plain=text(
                "Kerromme, kuka olet ja miten sinut tavoittaa.", "Vi berättar vem du är och hur man når dig."
            ),
        ),
        ScopeOnPaper(
            title=text("Vaihe", "Fas"),
            sentence=text(
                "Missä vaiheessa valmennuksesi on ja mistä päivästä.",
                "I vilken fas din handledning är och från vilken dag.",
            ),
            fields=("vaihe", "alkupäivä") if fi else ("fas", "startdag"),
            plain=text("Kerromme, missä vaiheessa olet.", "Vi berättar i vilken fas du är."),
        ),
        ScopeOnPaper(
            title=text("Tavoitteet ja seuraava askel", "Mål och nästa steg"),
            sentence=text(
                "Tavoitteesi ja seuraava askeleesi lähtevät sanasta sanaan.",
                "Dina mål och ditt nästa steg lämnas ut ordagrant.",
            ),
            fields=("tavoite", "seuraava askel", "sen päivä") if fi else ("mål", "nästa steg", "dess dag"),
            plain=text("Kerromme tavoitteesi sinun sanoillasi.", "Vi berättar dina mål med dina ord."),
        ),
        ScopeOnPaper(
            title=text("Läsnäolopäivät", "Närvarodagar"),
            sentence=text(
                "Kuinka monena päivänä kuukaudessa olit läsnä. Poissaolojen syyt eivät lähde.",
                "Hur många dagar i månaden du var närvarande. Orsaker till frånvaro lämnas inte ut.",
            ),
            fields=("läsnäolopäivät kuukaudessa",) if fi else ("närvarodagar per månad",),
            plain=text("Kerromme, montako päivää olit paikalla.", "Vi berättar hur många dagar du var här."),
        ),
    )
    return ConsentPaper(
        number="S-2026-0042",
        on=ON,
        workshop=WORKSHOP,
        trainee="Göran Lindström",
        recipient=AREA,
        purpose=text(
            "Palvelujen yhteensovittaminen ja seuranta alueella.",
            "Samordning och uppföljning av tjänsterna i regionen.",
        ),
        ground=text(
            "Suostumus salassa pidettävien tietojen luovuttamiseen",
            "Samtycke till utlämnande av sekretessbelagda uppgifter",
        ),
        scopes=scopes,
        not_given=(
            (
                "Suunnitelman tiedot",
                "Työn etsintä ja työn alku",
                "Itsearviointien tulokset",
                "Tuen tarve työssä",
            )
            if fi
            else (
                "Uppgifter om planen",
                "Jobbsökning och jobbstart",
                "Resultat av självskattningar",
                "Stödbehov i arbetet",
            )
        ),
        valid_from=ON,
        valid_to=date(2027, 12, 14),
        replaces="S-2025-0031",
        explained_language=FINNISH if fi else SWEDISH,
        explained_by="Maria Bäckström",
        coach="Maria Bäckström",
    )


def information(language: str = "fi", *, plain: bool = False) -> InformationPaper:
    """The text from the codes with two services."""
    texts = []
    for code in codes("information_text"):
        text = str(code.more[f"{'plain' if plain else 'text'}_{language}"])
        text = text.format(
            workshop=WORKSHOP.name.name(language),
            phone=WORKSHOP.phone,
            email=WORKSHOP.email,
            region=AREA.name(language),
        )
        texts.append(
            InformationSection(
                title=code.name(language), text=text, lists_services=code.more.get("list") == "services"
            )
        )
    return InformationPaper(
        on=ON,
        workshop=WORKSHOP,
        version="2026-1",
        sections=tuple(texts),
        plain=plain,
        trainee="Göran Lindström",
        services=(
            (Both("kuntouttava työtoiminta", "arbetsverksamhet i rehabiliteringssyfte"), AREA),
            (Both("työkokeilu", "arbetsprövning"), EMPLOYMENT),
        ),
        given=ON,
        coach="Maria Bäckström",
    )


def plain_information(language: str = "fi") -> InformationPaper:
    """The same in plain language."""
    return information(language, plain=True)


def month_list(language: str = "fi", people: int = 14) -> MonthListPaper:
    """December 2026 of a group."""
    fi = language == "fi"
    names = (
        "Aho, Väinö",
        "Bäckström, Åke",
        "Đặng, Hương",
        "Ehrström, Göran",
        "Hautamäki, Pirkko-Liisa",
        "Kärkkäinen, Merja",
    )
    holidays = {
        6: "Itsenäisyyspäivä" if fi else "Självständighetsdagen",
        24: "Jouluaatto" if fi else "Julafton",
        25: "Joulupäivä" if fi else "Juldagen",
        26: "Tapaninpäivä" if fi else "Annandag jul",
    }
    days = tuple(
        MonthDay(
            day=date(2026, 12, n),
            holiday=holidays.get(n, ""),
            not_held=("Henkilöstön koulutus" if fi else "Personalutbildning") if n == 11 else "",
        )
        for n in range(1, 32)
    )

    def mark(person: int, n: int) -> str:
        if days[n - 1].day.weekday() > 3:
            return "not_arranged" if n == 11 else ""
        if days[n - 1].holiday:
            return "not_arranged"
        if n > 15:
            return "planned"
        return "absent" if (person * 7 + n) % 9 == 0 else "present"

    rows = tuple(
        MonthRow(
            name=names[person % len(names)],
            marks=tuple(mark(person, n) for n in range(1, 32)),
            minutes=300 * sum(mark(person, n) == "present" for n in range(1, 32)),
        )
        for person in range(people)
    )
    return MonthListPaper(
        on=ON,
        workshop=WORKSHOP,
        group="Puupaja" if fi else "Träverkstaden",
        month=ON,
        present="L" if fi else "N",
        days=days,
        rows=rows,
        coach="Maria Bäckström",
    )


def absence_report(language: str = "fi") -> AbsenceReportPaper:
    """Two weeks with absences and a holiday."""
    return AbsenceReportPaper(
        on=ON,
        workshop=WORKSHOP,
        payer=KELA,
        trainee="Väinö Aho",
        personal_identity_code="150385Y9024",
        service=Both("kuntouttava työtoiminta", "arbetsverksamhet i rehabiliteringssyfte"),
        service_begins=date(2026, 8, 3),
        service_ends=date(2027, 1, 29),
        begins=date(2026, 11, 30),
        ends=date(2026, 12, 13),
        absences=(
            AbsentDay(day=date(2026, 12, 1), kind=Both("oma sairaus", "egen sjukdom"), certificate=True),
            AbsentDay(day=date(2026, 12, 2), kind=Both("oma sairaus", "egen sjukdom"), certificate=False),
            AbsentDay(day=date(2026, 12, 8), kind=Both("työhaastattelu", "arbetsintervju")),
        ),
        not_arranged=(DayNotArranged(day=date(2026, 12, 10), reason=Both("sovittu tauko", "avtalad paus")),),
        signer="Maria Bäckström",
        signer_title="valmentaja" if language == "fi" else "handledare",
    )


def slip(language: str = "fi") -> SlipPaper:
    """An appointment on Thursday."""
    fi = language == "fi"
    return SlipPaper(
        on=ON,
        workshop=WORKSHOP,
        trainee="Väinö Aho",
        at=datetime(2026, 12, 17, 13, 30, tzinfo=HELSINKI),
        kind=Both("verkostopalaveri", "nätverksmöte"),
        place=Both("työpajalla", "på verkstaden"),
        where="Kokoushuone 2" if fi else "Mötesrum 2",
        with_whom="Maria Bäckström, Sten Nygård",
        bring="Ansioluettelo, ajokortti" if fi else "Meritförteckning, körkort",
        coach="Maria Bäckström",
        coach_phone="040 000 0000",
    )


def recovery(language: str = "fi") -> RecoveryPaper:
    """Groups that open nothing."""
    groups = ("7K2QX", "M4V9T", "Z8CHN", "3RWJ6", "P5YDB", "1GFA0", "SE9XK", "H2T4M")
    return RecoveryPaper(on=ON, workshop=WORKSHOP.name, groups=groups)


def summary(language: str = "fi") -> SummaryPaper:
    """A second summary, with one change."""
    fi = language == "fi"

    def row(title: tuple[str, str], now: str, goes: str, change: tuple[str, str] = ("", "")) -> SummaryRow:
        at = 0 if fi else 1
        return SummaryRow(title=title[at], now=now, goes=goes, change=change[at])

    return SummaryPaper(
        on=ON,
        workshop=WORKSHOP,
        trainee="Göran Lindström",
        recipient=AREA,
        consent="S-2026-0042",
        consent_valid_to=date(2027, 12, 14),
        last_sent=date(2026, 11, 3),
        groups=(
            SummaryGroup(
                title="Perustiedot" if fi else "Grunduppgifter",
                rows=(
                    row(("nimi", "namn"), "Göran Lindström", "Göran Lindström"),
                    row(("kotikunta", "hemkommun"), "Vaasa – Vasa", "Vaasa – Vasa"),
                ),
            ),
            SummaryGroup(
                title="Vaihe" if fi else "Fas",
                rows=(row(("vaihe 3", "fas 3"), "", "4.8.2026", ("uusi", "ny")),),
            ),
        ),
        sha256="4c1e77a0" + "0" * 56,
    )


def figures(language: str = "fi") -> FiguresPaper:
    """A year with small numbers in words."""
    rows = {
        "fi": (("Ihmisiä", "38", "Kauden aikana: ensikontakti, palvelu tai työhönvalmennus. Jokainen kerran."),
               ("Työllistyi", "7", "Kauden aikana: työhönvalmennus päättyi näin. Jokainen kerran."),
               ("Tyytyväisyys, keskiarvo arvosanoista 4–10", "liian vähän", "Näistä arvosanoista.")),
        "sv": (("Personer", "38", "Under perioden: första kontakt, service eller arbetsträning. Var och en en gång."),
               ("Fick arbete", "7", "Under perioden: arbetsträningen avslutades så. Var och en en gång."),
               ("Nöjdhet, medeltal av vitsorden 4–10", "för få", "Av dessa vitsord.")),
    }  # fmt: skip
    return FiguresPaper(on=ON, workshop=WORKSHOP, period="1.1.2026–31.12.2026", rows=rows[language] * 6)


def log_report(language: str = "fi", rows: int = 60) -> LogPaper:
    """A year of looks and marks by two coaches, a summary to the region, a report to the payer."""
    return LogPaper(
        on=ON,
        workshop=WORKSHOP,
        trainee="Tero Yli-Rantala",
        begins=date(2026, 1, 2),
        ends=ON,
        used=tuple(
            UsedRow(
                day=ON - timedelta(days=at),
                coach=("Marika Sandberg", "Otto Björklund")[at % 2],
                act=("The trainee's page opened", "Attendance marked", "Note written")[at % 3],
                times=1 + at % 4,
            )
            for at in range(rows)
        ),
        given=(
            GivenRow(day=ON, coach="Marika Sandberg", act="Summary given to the region", recipient=AREA,
                     consent="S-0147"),
            GivenRow(day=date(2026, 12, 1), coach="Marika Sandberg",
                     act="Absence report sent to the payer", recipient=KELA,
                     ground="statutory: absence told to the payer of the benefit"),
        ),
    )  # fmt: skip


def dossier(language: str = "fi") -> DossierPaper:
    """Facts, many short rows, one long text."""
    long = "Vi gick igenom veckan och kom överens om nästa steg. " * 30
    return DossierPaper(
        on=ON,
        workshop=WORKSHOP,
        trainee="Tero Yli-Rantala",
        facts=(("Sukunimi", "Yli-Rantala"), ("Henkilötunnus", "010190-901R")),
        sections=(
            Section(
                title="Muistiinpanot",
                heads=("Milloin", "Laji", "Teksti"),
                rows=tuple((f"{day}.3.2026 klo 10.00", "keskustelu", long) for day in range(1, 9)),
            ),
            Section(
                title="Läsnäolot",
                heads=("Päivä", "Merkintä", "Minuutit"),
                rows=tuple((f"{day}.3.2026", "läsnä", "300") for day in range(1, 31)),
            ),
        ),
    )


def lost_laptop(language: str = "fi") -> LostPaper:
    """A page with what is known, the kinds, and enough people for a second page."""
    return LostPaper(
        on=ON,
        workshop=WORKSHOP,
        facts=(
            ("Ihmisiä, joiden tietoja siinä on", "64"),
            ("Miten tiedot on salattu", "AES-256 (SQLCipher)"),
        ),
        kinds=Section(title="Minkälaisia tietoja", heads=("Laji", "Rivejä"), rows=(("Jaksot", "70"),)),
        people=Section(
            title="Kenen tietoja",
            heads=("Nimi", "Syntymäaika"),
            rows=tuple((f"Yli-Rantala, Tero {at}", "1.1.1990") for at in range(64)),
        ),
    )


SAMPLES: dict[str, tuple[str, Callable[[str], object]]] = {
    "activation_plan": ("plan", activation_plan),
    "coaching_plan": ("plan", coaching_plan),
    "replacement": ("replacement", replacement),
    "consent": ("consent", consent),
    "plain_consent": ("plain_consent", consent),
    "information": ("information", information),
    "plain_information": ("information", plain_information),
    "month_list": ("month_list", month_list),
    "absence_report": ("absence_report", absence_report),
    "slip": ("slip", slip),
    "recovery": ("recovery", recovery),
    "summary": ("summary", summary),
    "log_report": ("log_report", log_report),
    "dossier": ("dossier", dossier),
    "lost_laptop": ("lost_laptop", lost_laptop),
    "figures": ("figures", figures),
}
