"""Phone numbers: the one form (E.164) in which a customer is known, however the number was written.

1. A number consists of digits, spaces, brackets, dots, hyphens and slashes. A masked one is nobody's.
2. A number without a country's code is read as one of the company's region. It has to be possible there: of a length that the country has.
3. A number that is in that form already is judged by its country only on request (`checks_country`). Files are typed by people, who read
   beside the row what is wrong with it; what a system sends to POST /api/v1/deliveries has always been taken as it is.
"""

import re

import phonenumbers

_E164 = re.compile(r"\+[1-9]\d{7,14}")
_NUMBER = re.compile(r"[\d\s()+\-./]+")
_MOBILE_CN = re.compile(r"1[3-9][0-9]{9}")
"""What nearly every local number looks like in China; the library takes fifty times as long to say so."""


def normalise_phone(phone: str, region: str, *, checks_country: bool = False) -> str | None:
    """The number in international form, None if it is not a phone number.

    Args:
        phone: as somebody wrote it.
        region: the country of a number without a country's code (ISO 3166-1).
        checks_country: whether a number in international form is refused where its country has no such numbers.
    """
    if not checks_country and _E164.fullmatch(phone):
        return phone
    if not _NUMBER.fullmatch(phone):  # a masked number, 138****8000, is somebody else's once its stars are dropped
        return None
    if region == "CN" and _MOBILE_CN.fullmatch(phone):
        return f"+86{phone}"
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def find_region(number: str) -> str:
    """The region of a number in international form, by its longest known country code; empty if there is none."""
    for length in (3, 2, 1):
        code = number[1 : 1 + length]
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code.isdecimal() else None
        if regions and regions[0] != "001":
            return regions[0]
    return ""
