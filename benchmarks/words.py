"""The words of the pages: a message for each key in two languages, and the vocabulary's labels for the peers.

policygen's bench theme says the English message and has the Vietnamese one in the site's own catalogue; the
peers look both up by key, each in its own format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import unescape

from benchmarks import phrases
from benchmarks.facts import LANGUAGES
from benchmarks.phrases import Pair
from policygen.catalogues import load_languages
from policygen.model.kinds import Region
from policygen.render.voice import Voice
from policygen.site import SiteFolder
from policygen.vocabulary import VOCABULARIES

EDITED = "site.all"
"""The message that the benchmark edits: it stands on every page."""

# fmt: off
MESSAGES: dict[str, Pair] = {
    "site.title": ("Privacy centre", "Trung tâm quyền riêng tư"),
    "site.skip": ("Skip to content", "Chuyển đến nội dung"),
    "site.languages": ("Languages", "Ngôn ngữ"),
    "site.footer": ("Generated from structured data. The version in force is the one published here.", "Được tạo từ dữ liệu có cấu trúc. Phiên bản có hiệu lực là phiên bản được đăng tại đây."),
    "site.all": ("All policies", "Tất cả chính sách"),
    "policy.title": ("Privacy policy", "Chính sách quyền riêng tư"),
    "policy.description": ("How {name} collects, uses, shares and protects personal data.", "Cách {name} thu thập, sử dụng, chia sẻ và bảo vệ dữ liệu cá nhân."),
    "toc.title": ("Contents", "Mục lục"),
    "sec.intro": ("Overview", "Tổng quan"),
    "sec.controller": ("Who is responsible", "Bên chịu trách nhiệm"),
    "sec.data": ("Personal data we process", "Dữ liệu cá nhân chúng tôi xử lý"),
    "sec.purposes": ("Why we process it", "Mục đích xử lý"),
    "sec.recipients": ("Who receives the data", "Bên nhận dữ liệu"),
    "sec.transfers": ("International transfers", "Chuyển dữ liệu ra nước ngoài"),
    "sec.rights": ("What you can ask for", "Những điều bạn có thể yêu cầu"),
    "sec.cookies": ("Cookies and similar technologies", "Cookie và công nghệ tương tự"),
    "sec.security": ("Security", "Bảo mật"),
    "sec.children": ("Children", "Trẻ em"),
    "sec.contact": ("Contact us", "Liên hệ với chúng tôi"),
    "ctl.name": ("Controller", "Bên kiểm soát"),
    "ctl.address": ("Address", "Địa chỉ"),
    "ctl.country": ("Country", "Quốc gia"),
    "ctl.email": ("Email", "Email"),
    "ctl.phone": ("Telephone", "Điện thoại"),
    "ctl.officer": ("Data protection officer", "Cán bộ bảo vệ dữ liệu"),
    "ctl.authority": ("Supervisory authority", "Cơ quan giám sát"),
    "data.caption": ("Categories of personal data, and the legal basis for each", "Các loại dữ liệu cá nhân và căn cứ pháp lý của từng loại"),
    "col.category": ("Category", "Loại dữ liệu"),
    "col.items": ("What it includes", "Bao gồm"),
    "col.purposes": ("Purposes", "Các mục đích"),
    "col.basis": ("Legal basis", "Căn cứ pháp lý"),
    "col.retention": ("Kept for", "Thời gian lưu"),
    "col.source": ("Source", "Nguồn"),
    "col.purpose": ("Purpose", "Mục đích"),
    "col.interest": ("What this means", "Ý nghĩa"),
    "col.recipient": ("Recipient", "Bên nhận"),
    "col.role": ("Role", "Vai trò"),
    "col.shared": ("Data shared", "Dữ liệu được chia sẻ"),
    "col.safeguard": ("Safeguard", "Biện pháp bảo vệ"),
    "col.cookie": ("Cookie", "Cookie"),
    "col.provider": ("Provider", "Nhà cung cấp"),
    "col.type": ("Type", "Loại"),
    "col.duration": ("Duration", "Thời hạn"),
    "req.yes": ("Required", "Bắt buộc"),
    "req.no": ("Optional", "Không bắt buộc"),
    "rights.intro": ("We answer within {time}. Exercising a right is free of charge.", "Chúng tôi trả lời trong vòng {time}. Việc thực hiện quyền là miễn phí."),
    "right.access.text": ("You can ask whether we process data about you, and obtain a copy of that data together with the purposes, the recipients and the period for which it is kept.", "Bạn có thể hỏi chúng tôi có xử lý dữ liệu về bạn hay không, và nhận bản sao dữ liệu đó cùng mục đích, bên nhận và thời gian lưu giữ."),
    "right.rectification.text": ("You can correct data that is wrong and complete data that is incomplete; most of it can be changed directly in your account settings.", "Bạn có thể sửa dữ liệu sai và bổ sung dữ liệu còn thiếu; phần lớn có thể thay đổi trực tiếp trong phần cài đặt tài khoản."),
    "right.erasure.text": ("You can ask us to delete your data where it is no longer needed, where you withdraw consent, or where it was processed unlawfully.", "Bạn có thể yêu cầu xóa dữ liệu khi không còn cần thiết, khi bạn rút lại sự đồng ý hoặc khi dữ liệu bị xử lý trái luật."),
    "right.restriction.text": ("While a complaint about accuracy or lawfulness is open, you can ask us to store the data but not to use it in any other way.", "Trong khi khiếu nại về tính chính xác hoặc hợp pháp đang được xem xét, bạn có thể yêu cầu chúng tôi chỉ lưu mà không sử dụng dữ liệu."),
    "right.object.text": ("You can object at any time to processing based on legitimate interests, and without giving a reason to direct marketing.", "Bạn có thể phản đối bất cứ lúc nào việc xử lý dựa trên lợi ích chính đáng, và không cần nêu lý do đối với tiếp thị trực tiếp."),
    "right.portability.text": ("You can receive the data you gave us in a structured, commonly used, machine-readable format, and have it sent to another provider where technically possible.", "Bạn có thể nhận dữ liệu đã cung cấp ở định dạng có cấu trúc, phổ biến, máy đọc được, và yêu cầu gửi đến nhà cung cấp khác nếu khả thi về kỹ thuật."),
    "right.withdraw_consent.text": ("Where we rely on consent you can withdraw it at any time; this does not affect what was done before.", "Khi chúng tôi dựa vào sự đồng ý, bạn có thể rút lại bất cứ lúc nào; việc này không ảnh hưởng đến những gì đã thực hiện trước đó."),
    "right.complain_authority.text": ("You can lodge a complaint with the supervisory authority named above, or with the authority of the place where you live or work.", "Bạn có thể khiếu nại với cơ quan giám sát nêu trên, hoặc với cơ quan tại nơi bạn sống hay làm việc."),
    "contact.intro": ("For any question about this policy, write to {name}.", "Mọi câu hỏi về chính sách này, vui lòng gửi đến {name}."),
    "index.title": ("Privacy policies", "Các chính sách quyền riêng tư"),
    "index.count": ("{n} services", "{n} dịch vụ"),
    "index.service": ("Service", "Dịch vụ"),
    "index.kind": ("What it is", "Loại dịch vụ"),
}
# fmt: on

_HEADINGS = {
    "category": tuple(phrases.CATEGORIES),
    "purpose": phrases.PURPOSES,
    "basis": (*phrases.BASES, phrases.INTEREST),
    "method": phrases.SOURCES,
    "right": phrases.RIGHTS,
    "cookie_kind": phrases.COOKIE_KINDS,
}
_SENTENCES = {"safeguard": phrases.SAFEGUARDS, "measure": phrases.MEASURES}


def catalogue(folder: SiteFolder, tag: str) -> dict[str, str]:
    """All words of the pages in a language by key; placeholders are names in braces."""
    own = {key: pair[LANGUAGES.index(tag)] for key, pair in MESSAGES.items()}
    languages, _ = load_languages(folder, LANGUAGES)
    names = {f"lang.{language.tag}": language.name for language in languages}
    spoken = next(language for language in languages if language.tag == tag)
    return {**own, **names, **dict(_vocabulary(Voice(spoken, "")))}


def _vocabulary(voice: Voice) -> Iterator[tuple[str, str]]:
    """What policygen calls its words, in the form in which the pages show them."""
    for name, words in _HEADINGS.items():
        for word in words:
            said = voice.say_as(f"heading:{name}", VOCABULARIES[name][word].label)
            yield f"{name}.{word}", unescape(said)
    for name, words in _SENTENCES.items():
        for word in words:
            yield f"{name}.{word}", unescape(voice.say_as(name, VOCABULARIES[name][word].label))
    for word in phrases.KINDS:
        said = voice.say_as("kind", VOCABULARIES["kind"][word].label)
        yield f"kind.{word}", unescape(voice.language.sentence_case(said))
    for code in phrases.COUNTRIES:
        yield f"country.{code}", unescape(voice.region(Region(code)))


def po_file(keys: Iterable[str]) -> str:
    """Vietnamese messages as the site's own catalogue."""
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    pairs = (MESSAGES[key] for key in keys)
    return header + "".join(f"\nmsgid {_quoted(one)}\nmsgstr {_quoted(other)}\n" for one, other in pairs)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
