"""The looks that the studio offers by name. The first one is the default; colours are sRGB 0-255, taken from what the training faces have (mean over a region, so darker than one would pick)."""

from __future__ import annotations


def _preset(id: str, en: str, zh: str, **look: object) -> dict:
    base = {"grey": 0, "beard": "none", "light": "soft", "lightSide": 0, "background": [118, 124, 128]}
    return {"id": id, "name": {"en": en, "zh": zh}, "look": base | look}


PRESETS: list[dict] = [
    _preset("woman-long-brown", "Woman, long brown hair", "女性，棕色长发", sex=0.04, age=24, skinColour=[158, 130, 104], hairColour=[62, 44, 33], hairStyle="longwavy", eyeColour="brown", light="studio"),
    _preset("man-dark-crop", "Man, dark short hair", "男性，深色短发", sex=0.93, age=36, skinColour=[163, 134, 104], hairColour=[32, 29, 26], hairStyle="crop", eyeColour="brown", light="studio"),
    _preset("woman-dark-tied", "Woman, dark skin, hair tied back", "女性，深肤色，束发", sex=0.04, age=25, skinColour=[128, 88, 64], hairColour=[27, 24, 23], hairStyle="tied", eyeColour="dark", light="studio"),
    _preset("man-beard", "Man with a beard", "男性，留胡须", sex=0.95, age=38, skinColour=[165, 138, 115], hairColour=[62, 54, 48], hairStyle="sidepart", beard="short", eyeColour="brown"),
    _preset("woman-blond-fringe", "Woman, fair hair with a fringe", "女性，浅色头发，刘海", sex=0.05, age=22, skinColour=[160, 133, 108], hairColour=[122, 90, 60], hairStyle="bangs", eyeColour="blue"),
    _preset("man-dark-afro", "Man, dark skin, afro", "男性，深肤色，蓬松卷发", sex=0.95, age=28, skinColour=[122, 84, 60], hairColour=[34, 30, 27], hairStyle="afro", beard="stubble", eyeColour="dark", light="studio"),
    _preset("woman-older-grey", "Older woman, grey hair", "年长女性，灰发", sex=0.04, age=72, skinColour=[153, 131, 104], hairColour=[154, 153, 153], grey=0.88, hairStyle="medium", eyeColour="blue", light="studio"),
    _preset("man-older-balding", "Older man, balding", "年长男性，谢顶", sex=0.98, age=62, skinColour=[172, 142, 120], hairColour=[120, 115, 112], grey=0.8, hairStyle="horseshoe", beard="short", eyeColour="blue", light="studio"),
]
