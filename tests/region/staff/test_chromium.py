"""Journeys through the pages in a real Chromium, over a real port of the server that a region runs."""

import shutil
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from coachdesk.exchange import keys
from coachdesk.region import receive, tables
from coachdesk.region.server.app import application
from coachdesk.region.staff import holdings, log

from ..conftest import Desk, put
from .conftest import CARD, PASSWORD, Town

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip
FIELDS = {
    "family_name": "Åström", "given_names": "Jörgen", "personal_identity_code": None, "email": None,
    "birth_date": "1998-03-04", "municipality": "905", "service_language": "sv", "phone": "040 000 0000",
    "phases": [{"phase": 2, "opened": "2026-10-01", "closed": None, "open": 1}],
    "goal": "Työ ulkona.", "next_step": None, "next_step_due": None,
}  # fmt: skip
REF = "a" * 32


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    found.implicitly_wait(5)
    yield found
    found.quit()


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A region that has really received a summary, with the server that it runs."""
    where: Path = tmp_path_factory.mktemp("region")
    found = Town(where / "region")
    liisa, _lead = found.person("Liisa", "worker"), found.person("Anna", "lead")
    desk = Desk(found.region).enrol(where, found.clock)
    receive.receive(found.region, desk.seal([put(**FIELDS)], seq=1).content, found.clock.now())
    with found.region.writing() as connection:
        own = tables.device.update().where(tables.device.c.id == desk.id)
        connection.execute(own.values(label="Merenkurkku", seal_key=keys.public(keys.new_key(keys.ENCRYPT))))
        holdings.give(connection, (desk.id, REF), liisa.id, found.clock.today())
    found.tell(CARD, CARD["card"], desk.id)
    found.desk_id = desk.id
    yield found
    found.region.engine.dispose()


@pytest.fixture(scope="module")
def address(town):
    settings = uvicorn.Config(application(town.region, town.clock), port=0, log_level="error")
    server = uvicorn.Server(settings)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)  # uvicorn tells by this attribute alone
    (port,) = (one.getsockname()[1] for one in server.servers[0].sockets)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join(20)


class Hand:
    """What a person does with the pages."""

    def __init__(self, chromium, address, town):
        self.window, self.address, self.town = chromium, address, town

    def go(self, path):
        self.window.get(self.address + path)

    def press(self, words):
        """Press a link or a button, and wait until the page that follows is there."""
        before = self.window.execute_script("return performance.timeOrigin")
        there = f"//*[self::a or self::button][normalize-space()='{words}']"
        self.window.find_element(By.XPATH, there).click()
        next_ = "return document.readyState === 'complete' && performance.timeOrigin !== arguments[0]"
        wait = WebDriverWait(self.window, 20, poll_frequency=0.05, ignored_exceptions=[WebDriverException])
        wait.until(lambda window: window.execute_script(next_, before))

    def fill(self, name, text):
        field = self.window.find_element(
            By.XPATH, f"//*[@id=//label[normalize-space(text()[1])='{name}']/@for]"
        )
        field.clear()
        field.send_keys(text)

    def sign_in(self, name, *, words, code="", password=PASSWORD):
        for label, text in zip(words[:3], (name, password, code or self.town.code(name)), strict=True):
            self.fill(label, text)
        self.press(words[3])

    @property
    def heading(self):
        return self.window.find_element(By.TAG_NAME, "h1").text

    @property
    def words(self):
        return self.window.find_element(By.TAG_NAME, "body").text

    def width(self, pixels):
        size = {"width": pixels, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


@pytest.fixture
def hand(chromium, address, town):
    chromium.delete_all_cookies()
    found = Hand(chromium, address, town)
    found.width(1100)
    yield found
    serious = [line["message"] for line in chromium.get_log("browser") if "favicon" not in line["message"]]
    refused = [line for line in serious if "Content Security Policy" in line or "Refused" in line]
    assert refused == []


FI = ("Nimi", "Salasana", "Koodi", "Kirjaudu sisään")
SV = ("Namn", "Lösenord", "Kod", "Logga in")


def test_a_worker_signs_in_sees_a_client_writes_to_the_workshop_and_signs_out(hand, town):
    hand.go("/clients")
    hand.press("Suomeksi")
    assert hand.heading == "Kirjaudu sisään"
    hand.sign_in("Liisa", words=FI, code="000000")
    assert "eivät sovi yhteen" in hand.words
    hand.sign_in("Liisa", words=FI)
    assert hand.heading == "Asiakkaat"

    hand.press("Åström, Jörgen")
    assert hand.heading == "Åström, Jörgen" and "Työ ulkona." in hand.words
    hand.press("Kirjoita pajalle")
    Select(hand.window.find_element(By.ID, "kind")).select_by_value("question")
    hand.press("Jatka")
    hand.window.find_element(By.ID, "words").send_keys("Miten harjoittelu sujuu?")
    hand.press("Lähetä kirje")
    assert "Kirje on kirjoitettu" in hand.words and "Merenkurkku" in hand.words
    (letter,) = town.rows(tables.letter)
    assert (letter["item"]["ref"], letter["item"]["words"]) == (REF, "Miten harjoittelu sujuu?")
    assert letter["content"] and letter["state"] == "waiting"

    hand.press("Kirjaudu ulos")
    assert hand.heading == "Kirjaudu sisään"
    hand.window.back()
    assert "Åström" not in hand.words
    hand.go(f"/clients/{town.desk_id}/{REF}")
    assert hand.heading == "Kirjaudu sisään"
    acts = [row["act"] for row in town.rows(tables.staff_log)]
    before, after = [log.NOT_LET_IN, log.SIGNED_IN, log.LIST, log.LOOK], [log.LETTERS, log.SIGNED_OUT]
    assert acts == [*before, log.LETTER, *after]


def test_a_lead_reads_every_page_in_swedish_on_a_narrow_screen(hand, town):
    town.pass_time(minutes=2)
    hand.width(320)
    hand.go("/")
    hand.press("På svenska")
    hand.sign_in("Anna", words=SV)
    pages = {"/clients": "Klienter", "/letters": "Brev", "/letters/new": "Skriv ett brev",
             "/places": "Lediga platser", "/figures": "Nyckeltal", "/devices": "Avsändare", "/gaps": "Luckor",
             "/refused": "Avvisade", "/log": "Logg", "/account": "Anna",
             f"/clients/{town.desk_id}/{REF}": "Åström, Jörgen",
             f"/letters/new?device={town.desk_id}&kind=referral": None}  # fmt: skip
    for path, heading in pages.items():
        hand.go(path)
        assert heading in (None, hand.heading)
        wide = hand.window.execute_script("return document.documentElement.scrollWidth")
        assert wide <= 320, path
        small = [
            one.tag_name
            for one in hand.window.find_elements(
                By.CSS_SELECTOR, "button, .button, select, input:not([type=hidden])"
            )
            if one.is_displayed() and one.size["height"] < 44
        ]
        assert small == [], path
    hand.go("/places")
    assert "Kvarkens verkstad" in hand.words and "4 platser lediga" in hand.words
    hand.press("Logga ut")


def test_the_way_by_keyboard_is_visible_and_begins_with_the_content(hand, town):
    hand.go("/sign-in")
    hand.press("Suomeksi")
    ActionChains(hand.window).send_keys(Keys.TAB).perform()
    first = hand.window.switch_to.active_element
    assert first.text == "Siirry sisältöön" and first.location["x"] >= 0
    first.send_keys(Keys.ENTER)
    seen = []
    for _ in range(4):
        ActionChains(hand.window).send_keys(Keys.TAB).perform()
        now = hand.window.switch_to.active_element
        seen.append(now.get_attribute("id") or now.text)
        assert now.value_of_css_property("outline-style") == "solid"
        assert now.value_of_css_property("outline-width") == "3px"
    assert seen == ["name", "password", "code", "Kirjaudu sisään"]
