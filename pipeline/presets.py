"""The looks that the studio offers by name. The first one is the default; colours are sRGB 0-255, near the middle of what the training faces have."""

from __future__ import annotations


def _preset(id: str, en: str, zh: str, **look: object) -> dict:
    base = {"grey": 0, "beard": "none", "light": "soft", "lightSide": 0, "background": [118, 124, 128]}
    return {"id": id, "name": {"en": en, "zh": zh}, "look": base | look}


PRESETS: list[dict] = [
    _preset("woman-brown-bob", "Woman, brown bob", "女性，棕色短发", sex=0.05, age=30, skinColour=[200, 158, 136], hairColour=[92, 66, 46], hairStyle="bob", eyeColour="brown"),
    _preset("man-dark-crop", "Man, dark crop", "男性，深色短发", sex=0.95, age=34, skinColour=[190, 146, 122], hairColour=[48, 38, 32], hairStyle="crop", eyeColour="brown"),
    _preset("woman-black-tied", "Woman, dark skin, hair tied", "女性，深肤色，束发", sex=0.05, age=28, skinColour=[120, 80, 58], hairColour=[34, 29, 27], hairStyle="tied", eyeColour="dark"),
    _preset("man-beard", "Man with a full beard", "男性，络腮胡", sex=0.97, age=40, skinColour=[178, 134, 110], hairColour=[58, 44, 36], hairStyle="sidepart", beard="full", eyeColour="hazel"),
    _preset("woman-long-black", "Woman, long black hair", "女性，黑色长发", sex=0.05, age=26, skinColour=[206, 164, 136], hairColour=[38, 34, 34], hairStyle="long", eyeColour="dark"),
    _preset("man-afro", "Man, dark skin, afro", "男性，深肤色，蓬松卷发", sex=0.92, age=27, skinColour=[112, 74, 54], hairColour=[40, 35, 33], hairStyle="afro", beard="stubble", eyeColour="dark"),
    _preset("woman-older-grey", "Older woman, grey hair", "年长女性，灰发", sex=0.08, age=68, skinColour=[196, 156, 136], hairColour=[150, 148, 146], grey=0.85, hairStyle="bob", eyeColour="blue"),
    _preset("man-older-bald", "Older man, balding", "年长男性，谢顶", sex=0.95, age=66, skinColour=[188, 146, 124], hairColour=[140, 136, 132], grey=0.8, hairStyle="horseshoe", eyeColour="grey"),
]
