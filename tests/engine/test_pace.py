from itertools import count

from fmnist.engine.pace import Pace


def test_it_says_how_far_how_quickly_and_how_much_longer() -> None:
    now = [0.0]
    pace = Pace(10_000, 1000, clock=lambda: now[0])
    assert str(pace) == "1,000 of 10,000"
    now[0], pace.done = 10, 2000
    assert str(pace) == "2,000 of 10,000, 100.0 a second, 1 min left"
    pace.done = 1001
    assert str(pace) == "1,001 of 10,000, 6.0 a minute, 25 h 0 min left"
    pace.done = 9990
    assert str(pace).endswith("a second, 0 s left")


def test_what_is_in_hand_counts() -> None:
    shares = count(0.5, 0.25)
    pace = Pace(3, in_hand=lambda: next(shares), clock=iter((0.0, 3600.0)).__next__)
    assert str(pace) == "0 of 3, 0.2 an hour, 9 h 0 min left"
