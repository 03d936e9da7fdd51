"""From a configuration to what the native half opens: JSON text, and the way to the host's own mailer."""

from __future__ import annotations

import base64
import json
import os
from typing import Any

from . import _bridge, _codec
from ._codec import Refusal
from .configuration import Configuration, Key, Limits, MemoryStorage, PostgresStorage, Quotas, SqliteStorage
from .errors import ConfigInvalidError
from .mail import CaptureMailer, FolderMailer

_text, _integer, _truth = _codec.encoder(str), _codec.encoder(int), _codec.encoder(bool)


def request(configuration: Configuration) -> tuple[str, _bridge.Bridge | None]:
    """The configuration as the core reads it; the core judges everything but the Python types."""
    try:
        if not isinstance(configuration, Configuration):
            raise _codec.wrong_type("configuration", "Configuration", configuration)
        return json.dumps(_encoded(configuration)), _bridge_to(configuration.mailer)
    except Refusal as refusal:
        raise ConfigInvalidError(str(refusal)) from None


def _encoded(configuration: Configuration) -> dict[str, Any]:
    optional = {
        "signing_key": _codec.encoder(int | None)(configuration.signing_key, "signing_key"),
        "sender_name": _codec.encoder(str | None)(configuration.sender_name, "sender_name"),
        "limits": _codec.encoder(Limits | None)(configuration.limits, "limits"),
        "quotas": _codec.encoder(Quotas | None)(configuration.quotas, "quotas"),
    }
    if isinstance(configuration.keys, (str, bytes)) or not hasattr(configuration.keys, "__iter__"):
        raise _codec.wrong_type("keys", "a list or tuple", configuration.keys)
    return {
        "storage": _storage(configuration.storage),
        "keys": [_key(key, f"keys[{place}]") for place, key in enumerate(configuration.keys)],
        "base_url": _text(configuration.base_url, "base_url"),
        "sender": _text(configuration.sender, "sender"),
        "mailer": _mailer(configuration.mailer),
        **{name: value for name, value in optional.items() if value is not None},
    }


def _storage(storage: object) -> dict[str, Any]:
    if isinstance(storage, MemoryStorage):
        return {"kind": "memory"}
    if isinstance(storage, SqliteStorage):
        path = _path(storage.path, "storage.path")
        return {"kind": "sqlite", "path": path, "create": _truth(storage.create, "storage.create")}
    if isinstance(storage, PostgresStorage):
        authorities = None if storage.ca_file is None else _path(storage.ca_file, "storage.ca_file")
        create = _truth(storage.create, "storage.create")
        return {"kind": "postgres", "url": _text(storage.url, "storage.url"), "create": create, "ca_file": authorities}
    raise _codec.wrong_type("storage", "MemoryStorage, SqliteStorage or PostgresStorage", storage)


def _path(path: object, field: str) -> str:
    if not isinstance(path, (str, os.PathLike)):
        raise _codec.wrong_type(field, "a path", path)
    return str(_text(os.fspath(path), field))


def _key(key: object, field: str) -> dict[str, Any]:
    if not isinstance(key, Key):
        raise _codec.wrong_type(field, "Key", key)
    if not isinstance(key.secret, bytes):
        raise _codec.wrong_type(f"{field}.secret", "bytes", key.secret)
    secret = base64.urlsafe_b64encode(key.secret).decode("ascii").rstrip("=")
    return {"number": _integer(key.number, f"{field}.number"), "secret": secret}


def _mailer(mailer: object) -> dict[str, Any]:
    if isinstance(mailer, CaptureMailer):
        return {"kind": "capture"}
    if isinstance(mailer, FolderMailer):
        return {"kind": "folder", "path": _path(mailer.path, "mailer.path")}
    if callable(getattr(mailer, "send", None)):
        return {"kind": "host"}
    raise _codec.wrong_type("mailer", "CaptureMailer, FolderMailer or an object with `send`", mailer)


def _bridge_to(mailer: Any) -> _bridge.Bridge | None:
    """What calls the host's own mailer, if it has one."""
    return None if isinstance(mailer, (CaptureMailer, FolderMailer)) else _bridge.to(mailer)
