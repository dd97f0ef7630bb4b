"""A token's events: that it was made, and that it is gone."""

from tollgate.domain.audit import Resource
from tollgate.domain.event import Event, EventType, Story, event_id
from tollgate.domain.token import StoredToken, token_object


def token_story(token: StoredToken) -> Story:
    """All so far. The object is the same in each: of a token nothing changes but that it goes."""
    events = [_event(token, EventType.TOKEN_CREATED, token.created_at)]
    if token.deleted_at is not None:
        events.append(_event(token, EventType.TOKEN_DELETED, token.deleted_at))
    return Story(token.merchant_id, token.id, tuple(events))


def _event(token: StoredToken, type_: EventType, at: int) -> Event:
    about = Resource("token", token.id)
    return Event(event_id(token.id, type_.value), type_, at, token.id, about, token_object(token))
