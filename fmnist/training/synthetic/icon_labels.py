"""Which icons show a garment of Fashion-MNIST, and which might pass for one.

The names were found by words such as "shirt" or "bag", and among the icons that a network took for
a garment; then each icon was looked at. Names alone mislead: a "theme" is a T-shirt, "skates" are
boots, "high-heels-01" is a sock.
"""

import re

# For each set of right classes, as indices, the icons: the set's name and the icon's own.
GARMENTS: dict[tuple[int, ...], str] = {
    (0,): """
        tabler/shirt tabler/shirt-sport iconoir/shirt hugeicons/baby-boy-dress hugeicons/shirt-01
        hugeicons/sleeveless hugeicons/t-shirt hugeicons/tank-top
        icon-park-outline/basketball-clothes icon-park-outline/clothes-short-sleeve
        icon-park-outline/t-shirt icon-park-outline/theme lucide/shirt
        """,
    (1,): """
        iconoir/pants iconoir/pants-pockets hugeicons/jogger-pants icon-park-outline/baby-pants
        icon-park-outline/clothes-pants icon-park-outline/clothes-pants-sweat
        icon-park-outline/trousers-bell-bottoms
        """,
    (2,): """
        hugeicons/hoodie hugeicons/long-sleeve-shirt hugeicons/turtle-neck
        icon-park-outline/clothes-crew-neck icon-park-outline/clothes-hoodie
        icon-park-outline/clothes-turtleneck icon-park-outline/sweater
        """,
    (3,): """
        hugeicons/baby-girl-dress hugeicons/dress-01 hugeicons/dress-02 hugeicons/dress-03
        hugeicons/dress-04 icon-park-outline/full-dress-longuette
        """,
    (4,): """
        hugeicons/cardigan icon-park-outline/clothes-cardigan icon-park-outline/clothes-suit
        icon-park-outline/clothes-sweater icon-park-outline/clothes-windbreaker
        icon-park-outline/women-coat
        """,
    (5,): "tabler/flip-flops iconoir/sandals hugeicons/sandals icon-park-outline/sandals",
    # Whose kind the drawing leaves open.
    (5, 7, 9): "tabler/shoe hugeicons/sport-shoe icon-park-outline/spikedshoes lucide/sport-shoe",
    (7,): "hugeicons/running-shoes hugeicons/shoes hugeicons/sneaker",
    (8,): """
        tabler/backpack tabler/briefcase tabler/briefcase-2 tabler/shopping-bag iconoir/bag
        iconoir/beach-bag iconoir/handbag iconoir/shopping-bag iconoir/shopping-bag-pocket
        hugeicons/backpack-01 hugeicons/backpack-02 hugeicons/backpack-03 hugeicons/briefcase-01
        hugeicons/briefcase-02 hugeicons/briefcase-03 hugeicons/briefcase-04
        hugeicons/briefcase-05 hugeicons/briefcase-06 hugeicons/briefcase-07
        hugeicons/briefcase-08 hugeicons/briefcase-business hugeicons/hand-bag-01
        hugeicons/hand-bag-02 hugeicons/handbag hugeicons/purse-01 hugeicons/shopping-bag-01
        hugeicons/shopping-bag-02 hugeicons/shopping-basket-01 hugeicons/shopping-basket-02
        hugeicons/travel-bag hugeicons/work icon-park-outline/backpack icon-park-outline/briefcase
        icon-park-outline/handbag icon-park-outline/mall-bag icon-park-outline/retro-bag
        icon-park-outline/shopping-bag icon-park-outline/shopping-bag-one
        icon-park-outline/shoulder-bag icon-park-outline/the-single-shoulder-bag
        icon-park-outline/weixin-market
        lucide/backpack lucide/briefcase lucide/briefcase-business lucide/handbag
        lucide/shopping-bag
        """,
    (9,): """
        hugeicons/armored-boot icon-park-outline/boots icon-park-outline/clothes-skates
        icon-park-outline/skates
        """,
}

# Neither a garment nor surely something else: crossed out or with a sign, worn by the ten's edge
# (vests, slippers, heels), what a person draws a bag like (a padlock, a suitcase, a weight: a box
# with a handle), and torsos and feet.
_LOOK_ALIKES = re.compile(
    r"""
    \b(un)?lock(ed)?\b | paywall | forgot-password | two-factor | samsungpass | locks-(open|close)
    | bag\b | shop(ee|ify)\b | bitcoin-shopping | basket\b | purse | wallet | luggage | baggage
    | suitcase | briefcase | backpack | \btrunk\b | tool(kit|box|-case) | first-aid
    | medic(al-box|ine-chest) | \bwork$ | \bjob\b | next-week | \btax-
    | kettlebell | \bweight\b | /weight- | tabler/dumbbell | /hugeicons
    | shirt\b | \bjacket\b | \bvest\b | \bsuit\b | \bdress-\d | armor | onesies | romper
    | hanfu | apron | wingsuit | hanger | /(ai-)?clothes$ | /chest$ | muscle-body | six-pack
    | \bshoes?\b | heel(s|ed)\b | slippers | skat(es?|ing)$ | rollerskates | /foot$ | baby-feet
    | join-(bevel|round|straight) | stroke-(center|inside|outside)
    """,
    re.VERBOSE,
)

_RIGHT = {name: right for right, names in GARMENTS.items() for name in names.split()}


def classes_of_icon(name: str) -> frozenset[int] | None:
    """Tell which classes an icon shows.

    Args:
        name: the set's and the icon's own, as in ``tabler/shirt``.

    Returns:
        The indices of the right classes, none of them for other things; None for what is to be
        left out, because it is neither.
    """
    if name in _RIGHT:
        return frozenset(_RIGHT[name])
    return None if _LOOK_ALIKES.search(name) else frozenset()
