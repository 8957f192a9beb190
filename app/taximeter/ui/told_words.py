"""The fixed sentences that come to the windows from beyond them: each is said once here, so that it is translated.

They are made in plain English where they arise, for the command line and the log. ``translate`` is handed over:
with the windows' own it gives the language that is spoken, with one that changes nothing the English sentence.
A ``{place}`` stands for whatever was filled in. Those of a fault and of a sign-in have no full stop.
"""

from __future__ import annotations

from taximeter.ui.told_words_here import Say, sentences_of_here


def told_sentences(translate: Say) -> tuple[str, ...]:
    """All of them, what is filled in last where two could fit the same text."""
    return (
        *_faults(translate),
        *_asked(translate),
        *_signing_in(translate),
        *_tokens(translate),
        *sentences_of_here(translate),
    )


def _faults(translate: Say) -> tuple[str, ...]:
    """Why a service did not answer."""
    return (
        translate("Beyond", "{host} did not answer in time"),
        translate("Beyond", "{host} does not accept connections"),
        translate("Beyond", "{host} cannot be found: there is no network, or its name is wrong"),
        translate("Beyond", "{host} ended the connection before it had answered"),
        translate("Beyond", "{host} could not prove who it is, so nothing was sent to it"),
        translate("Beyond", "The proxy on the way to {host} did not let the call through"),
        translate("Beyond", "{host} sends to another address, which is not followed"),
        translate("Beyond", "A web page came instead of {host}: this network may want you to sign in first"),
        translate("Beyond", "{host} answered with something that is not JSON"),
        translate("Beyond", "The answer of {host} cannot be read"),
        translate("Beyond", "The answer of {host} is too large to be a budget's"),
        translate("Beyond", "{host} does not accept the token: sign in again"),
        translate("Beyond", "{host} has blocked the token"),
        translate("Beyond", "{host} does not allow this token to read the budget"),
        translate("Beyond", "{host} has no such address: check the service's kind and origin"),
        translate("Beyond", "{host} was asked too often"),
        translate("Beyond", "{host} has trouble of its own"),
        translate("Beyond", "{host} did not accept the call"),
        translate("Beyond", "{host} does not offer that"),
        translate("Beyond", "The answer of {host} holds nothing that can be used"),
        translate("Beyond", "The answer of {host} has no {field} that can be used"),
        translate("Beyond", "{host} speaks version {version} of the contract, not {known}"),
        translate("Beyond", "{host} names another host for its calls, which is not followed"),
        translate("Beyond", "{host} told no budget"),
        translate("Beyond", "The key was blocked by whoever runs the service"),
        translate("Beyond", "The key has expired"),
        translate("Beyond", "{host} is asked over HTTPS alone: the token would be readable on the way"),
        translate("Beyond", "The token has characters that no token has: sign in again"),
        translate("Beyond", "The proxy that the environment names cannot be used: it has to be an HTTP proxy"),
        translate("Beyond", "The answer of {host} cannot be used: {what}"),
        translate("Beyond", "The policy of {host} has no version"),
    )


def _asked(translate: Say) -> tuple[str, ...]:
    """What a service says to an act, and what to do then."""
    return (
        translate("Beyond", "{host} does not allow that"),
        translate("Beyond", "{host} does not know it"),
        translate("Beyond", "{host} did not accept it"),
        translate("Beyond", "Ask who looks after your budget whether you may."),
        translate("Beyond", "Read it anew: it may be gone."),
        translate("Beyond", "Ask who looks after the service."),
        translate("Beyond", "Ask who looks after your budget."),
        translate("Beyond", "Ask who looks after your budget in another way."),
        translate("Beyond", "It may have been done all the same: look before you try again."),
        translate("Beyond", "Nothing was changed. Try again in a while."),
        translate("Beyond", "That quota is not one of the service's"),
        translate("Beyond", "See which there are: taximeter budget"),
        translate("Beyond", "Somebody else has decided already"),
        translate("Beyond", "Read the figures again to see what was decided."),
        translate("Beyond", "You are no admin of a team there"),
        translate("Beyond", "This key may read and nothing else: sign in with one that may call {route}"),
        translate("Beyond", "Nobody of that id is in a team that you lead"),
        translate("Beyond", "That is no limit that can be set for them"),
        translate("Beyond", "There is no such request that waits for you"),
        translate("Beyond", "Nothing was asked"),
    )


def _signing_in(translate: Say) -> tuple[str, ...]:
    """How it stands with a sign-in, and how one ended."""
    return (
        translate("Beyond", "Nobody is signed in to the budget service"),
        translate("Beyond", "Sign in with: taximeter budget sign-in"),
        translate("Beyond", "No budget service is connected"),
        translate("Beyond", "Connect one first."),
        translate("Beyond", "Connect it with: taximeter budget connect KIND ORIGIN"),
        translate("Beyond", "That service cannot be connected"),
        translate("Beyond", "Check its address."),
        translate("Beyond", "{host} has ended the sign-in: sign in again"),
        translate("Beyond", "Another Taximeter renews the sign-in to {host} and does not end"),
        translate("Beyond", "The answer to the sign-in cannot be read"),
        translate("Beyond", "The sign-in was answered without a code, or with a page that is not safe to open"),
        translate("Beyond", "The sign-in was answered without a token that can be used"),
        translate("Beyond", "It was refused on that page"),
        translate("Beyond", "The code is no longer good"),
        translate("Beyond", "{service} offers no sign-in with a code"),
        translate("Beyond", "The service was set for this computer"),
        translate("Beyond", "It stands in {file}, which an administrator can change."),
    )


def _tokens(translate: Say) -> tuple[str, ...]:
    """Where a token comes from."""
    return (
        translate("Beyond", "That is no token"),
        translate("Beyond", "{origin} holds no token"),
        translate("Beyond", "A token is one word of plain letters, digits and signs."),
        translate("Beyond", "This computer has no keyring that keeps a token safely"),
        translate("Beyond", "Set {variable}, or name a program that prints the token as token_command under "
                  "[service]."),
        translate("Beyond", "Unlock it and try again, or set {variable}, or name a program that prints the token as "
                  "token_command under [service]."),
        translate("Beyond", "The keyring gave an error ({kind})"),
        translate("Beyond", "The keyring did not answer within {n} seconds"),
        translate("Beyond", "The token command {name} did not end within {n} seconds"),
        translate("Beyond", "The token command {name} cannot be run"),
        translate("Beyond", "The token command {name} failed with {n}"),
        translate("Beyond", "Run it in a terminal to see what it waits for."),
        translate("Beyond", "Run it in a terminal to see why."),
        translate("Beyond", "Check token_command under [service]."),
        translate("Beyond", "{file} cannot be read"),
        translate("Beyond", "Remove it and sign in again."),
    )  # fmt: skip
