from tests.services.carried import carry, enrolled, give, region  # noqa: F401 - fixtures
