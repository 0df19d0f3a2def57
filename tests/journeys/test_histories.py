"""Whatever happens on the way, the region ends up with what is consented to."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults import held, tries
from tests.journeys.history import History


def histories(examples: int, steps: int = 24) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        print_blob=False,
    )


class Counted(History):
    """A history that ended well is a try that lost nothing."""

    def teardown(self) -> None:
        super().teardown()
        held()


@pytest.mark.faults("letters")
def test_the_region_ends_up_with_what_is_consented_to_whatever_happens_on_the_way():
    run_state_machine_as_test(Counted, settings=histories(tries(2000, 200)))


def test_desk_that_has_nothing_to_carry_hears_of_a_restored_region_when_they_speak():
    history = History()
    history.region_is_copied()
    history.gives(person=0, scopes={"goals"}, days=400)
    history.accepts_and_seals()
    history.sends(faults=[])
    history.region_is_restored()
    history.teardown()  # where everything is compared


def test_restored_desk_hears_next_time_of_a_bundle_that_it_has_forgotten():
    history = History()
    history.ends_by(by_network=True)
    history.gives(person=0, scopes={"goals"}, days=400)
    history.exports()
    history.is_restored()
    history.teardown()  # where everything is compared
