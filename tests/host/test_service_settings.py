"""Where the company's budget service is, is read strictly, and holds no secret."""

import pytest
from host.written import put, refused

from taximeter.host.paths import Paths
from taximeter.host.service_settings import ServiceSetting, is_loopback, origin_of, parse_origin
from taximeter.host.settings import load_settings

EVERYTHING = """
[service]
kind = "litellm"
origin = "https://Budget.example.com:8443/proxy/"
name = "Example budgets"
agents = ["a-*"]
projects = ["work-*"]
models = ["mock-*"]
ca_file = "company.pem"
token_command = ["pass", "show", "budget"]
"""


def test_everything_about_the_service_is_read(paths: Paths) -> None:
    put(paths.settings_file, EVERYTHING)
    settings = load_settings(paths)
    assert settings.service == ServiceSetting(
        "litellm", "https://budget.example.com:8443/proxy", "Example budgets", False, ("a-*",), ("work-*",),
        ("mock-*",), paths.config / "company.pem", ("pass", "show", "budget"),
    )  # fmt: skip
    assert settings.service.coverage_chosen
    assert settings.unknown == ()


def test_without_it_there_is_none_and_nobody_chose_what_it_pays_for(paths: Paths) -> None:
    put(paths.settings_file, "[service]\n")
    assert load_settings(paths).service == ServiceSetting()
    put(paths.settings_file, '[service]\nkind = "taximeter"\norigin = "https://b.example.com"\n')
    assert not load_settings(paths).service.coverage_chosen
    put(paths.settings_file, '[service]\nkind = "taximeter"\norigin = "https://b.example.com"\neverything = true\n')
    assert load_settings(paths).service.coverage_chosen


def test_the_users_file_narrows_what_the_machines_service_pays_for(paths: Paths) -> None:
    put(
        paths.machine_settings_file,
        '[service]\nkind = "litellm"\norigin = "https://b.example.com"\ntoken_command = ["t"]\n',
    )
    put(paths.settings_file, '[service]\nprojects = ["work-*"]\n')
    service = load_settings(paths).service
    assert (service.origin, service.projects, service.token_command) == ("https://b.example.com", ("work-*",), ("t",))


def test_another_service_gets_nothing_of_the_machines(paths: Paths) -> None:
    put(paths.machine_settings_file, EVERYTHING)
    put(paths.settings_file, '[service]\nkind = "taximeter"\norigin = "https://own.example.org"\n')
    assert load_settings(paths).service == ServiceSetting("taximeter", "https://own.example.org")


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ('[service]\nkind = "other"', 2, "'litellm'"),
        ('[service]\nkind = "litellm"', 2, "needs an origin"),
        ('[service]\norigin = "https://b.example.com"', 2, "needs a kind"),
        ('[service]\nkind = "litellm"\norigin = "http://b.example.com"', 3, "https://"),
        ('[service]\nkind = "litellm"\norigin = "b.example.com"', 3, "https://"),
        ('[service]\nkind = "taximeter"\norigin = "https://b.example.com/x"', 3, "no path"),
        ('[service]\n\ntoken = "sk-made-up"', 3, "A secret never stands in the settings"),
        ('[service]\napi_key = "sk-made-up"', 2, "A secret never stands in the settings"),
        ('[service]\neverything = "yes"', 2, "true or false"),
        ("service = 3", 1, "a table"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(paths: Paths, text: str, line: int, sentence: str) -> None:
    caught = refused(paths, text, line, sentence)
    assert "sk-made-up" not in str(caught)


@pytest.mark.parametrize(
    ("told", "used"),
    [
        ("https://b.example.com", "https://b.example.com"),
        (" https://b.example.com/ ", "https://b.example.com"),
        ("HTTPS://B.Example.com:8443/x/", "https://b.example.com:8443/x"),
        ("http://127.0.0.1:4000", "http://127.0.0.1:4000"),
        ("http://[::1]:4000", "http://[::1]:4000"),
        ("http://localhost:4000", "http://localhost:4000"),
        ("http://127.0.0.1.example.com", None),
        ("http://localhost.example.com", None),
        ("http://0.0.0.0", None),
        ("http://10.0.0.1", None),
        ("https://user:password@b.example.com", None),
        ("https://b.example.com/?x=1", None),
        ("https://b.example.com/#x", None),
        ("https://b.example.com:99999", None),
        ("https://b.example.com:0", None),
        ("https://", None),
        ("https://bücher.example.com", None),
        ("https://b.example.com/\x00", None),
        ("ftp://b.example.com", None),
        ("", None),
    ],
)
def test_an_origin_is_https_or_this_computer_itself(told: str, used: str | None) -> None:
    assert parse_origin(told) == used


def test_two_addresses_are_of_one_origin_only_with_the_same_scheme_host_and_port() -> None:
    here = origin_of("https://b.example.com/x")
    assert here == origin_of("https://B.example.com:443/y") == ("https", "b.example.com", 443)
    assert origin_of("http://b.example.com/") != here
    assert origin_of("https://b.example.com:8443/") != here
    assert origin_of("https://b.example.com@evil.example.org/") != here
    assert origin_of("https:///x") is None


@pytest.mark.parametrize(
    ("host", "local"), [("localhost", True), ("127.9.9.9", True), ("::1", True), ("example", False)]
)
def test_loopback_is_told_without_a_name_server(host: str, local: bool) -> None:
    assert is_loopback(host) is local
