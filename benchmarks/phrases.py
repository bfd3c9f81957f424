"""What generated policies are made of: words of the vocabulary, and phrases in English and Vietnamese."""

from __future__ import annotations

Pair = tuple[str, str]
"""A phrase in English and in Vietnamese."""

FIRST = (
    "Blue", "Lotus", "North", "Saigon", "Hanoi", "Bright", "River", "Bamboo", "Cloud", "Silver",
    "Mekong", "Green", "Open", "Swift", "Quiet", "Coral", "Delta", "Paper", "Star", "Harbour",
)  # fmt: skip
SECOND = (
    "Notes", "Wallet", "Clinic", "Campus", "Market", "Trips", "Desk", "Ledger", "Health", "Mail",
    "Maps", "Studio", "Forms", "Rides", "Pay", "Shop", "Class", "Drive", "Chat", "Bank",
)  # fmt: skip
PEOPLE = ("Nguyễn An", "Trần Minh", "Lê Hoa", "Phạm Bình")
AUTHORITY: Pair = ("Department of Cybersecurity (A05)", "Cục An ninh mạng (A05)")
ADDRESS: Pair = (
    "{house} Le Loi Street, District {district}, Ho Chi Minh City",
    "{house} đường Lê Lợi, Quận {district}, TP. Hồ Chí Minh",
)

KINDS = ("app", "website", "shop", "game", "education", "health_service", "finance_service", "messaging")
PURPOSES = (
    "provide_service", "account", "payment", "delivery", "support", "service_messages", "security", "fraud",
    "analytics", "improve", "personalise", "marketing", "legal", "research", "backup", "recruitment", "audit",
)  # fmt: skip
BASES = ("contract", "consent", "legal_obligation", "vital_interests")
INTEREST = "legitimate_interests"
SOURCES = ("given", "automatic", "third_parties")
NEEDS = ("required", "optional")
RIGHTS = (
    "access", "rectification", "erasure", "restriction", "object", "portability", "withdraw_consent",
    "complain_authority",
)  # fmt: skip
SAFEGUARDS = ("confidentiality", "instructions", "standard_clauses", "adequacy")
MEASURES = (
    "encryption_at_rest", "encryption_in_transit", "access_control", "audits", "multi_factor", "monitoring",
    "training", "pseudonymisation",
)  # fmt: skip
COOKIE_KINDS = ("necessary", "functional", "analytics", "advertising")
COUNTRIES = ("VN", "SG", "US", "DE", "IE", "JP", "FR")
UNITS: dict[str, tuple[int, Pair]] = {
    "days": (90, ("days", "ngày")),
    "weeks": (52, ("weeks", "tuần")),
    "months": (36, ("months", "tháng")),
    "years": (10, ("years", "năm")),
}
"""How data is kept: up to how many of a unit, and what pages call it."""

# fmt: off
CATEGORIES: dict[str, tuple[Pair, ...]] = {
    "account": (("full name", "họ và tên"), ("email address", "địa chỉ email"), ("password hash", "mã băm mật khẩu"), ("profile photo", "ảnh hồ sơ")),
    "identity": (("identity card number", "số căn cước"), ("passport number", "số hộ chiếu"), ("date of birth", "ngày, tháng, năm sinh"), ("selfie for the identity check", "ảnh chân dung để xác minh")),
    "contact": (("phone number", "số điện thoại"), ("postal address", "địa chỉ bưu chính"), ("emergency contact", "người liên hệ khẩn cấp")),
    "payment": (("last four digits of the card", "bốn số cuối của thẻ"), ("bank account", "tài khoản ngân hàng"), ("invoices & receipts", "hóa đơn & biên lai"), ("tax code", "mã số thuế")),
    "usage": (("pages viewed", "trang đã xem"), ("features used", "tính năng đã dùng"), ("length of sessions", "thời lượng phiên"), ("clicks", "lượt nhấp")),
    "device": (("device model", "kiểu thiết bị"), ("operating system", "hệ điều hành"), ("IP address", "địa chỉ IP"), ("advertising identifier", "mã nhận dạng quảng cáo")),
    "location": (("approximate location", "vị trí gần đúng"), ("precise position", "vị trí chính xác"), ("time zone", "múi giờ")),
    "content": (("documents", "tài liệu"), ("comments", "bình luận"), ("attachments & files", "tệp đính kèm"), ("drafts", "bản nháp")),
    "correspondence": (("support tickets", "yêu cầu hỗ trợ"), ("chat logs", "nhật ký trò chuyện"), ("call recordings", "bản ghi âm cuộc gọi")),
    "profile": (("notification settings", "cài đặt thông báo"), ("preferred theme", "giao diện ưa thích"), ("saved filters", "bộ lọc đã lưu")),
    "linked_account": (("identifier at the provider", "mã nhận dạng tại nhà cung cấp"), ("public profile", "hồ sơ công khai"), ("list of friends", "danh sách bạn bè")),
    "health": (("symptoms", "triệu chứng"), ("prescriptions", "đơn thuốc"), ("heart rate", "nhịp tim"), ("allergies", "dị ứng")),
    "survey": (("ratings", "xếp hạng"), ("answers in your own words", "câu trả lời tự do"), ("wishes", "nguyện vọng")),
    "purchases": (("items bought", "hàng đã mua"), ("delivery notes", "ghi chú giao hàng"), ("refund requests", "yêu cầu hoàn tiền")),
    "verification": (("face template", "mẫu khuôn mặt"), ("fingerprint template", "mẫu vân tay"), ("result of the check", "kết quả xác minh")),
    "search": (("search words", "từ khóa tìm kiếm"), ("results opened", "kết quả đã mở"), ("saved searches", "tìm kiếm đã lưu")),
    "log": (("time of each request", "thời điểm của từng yêu cầu"), ("status codes", "mã trạng thái"), ("referring page", "trang giới thiệu")),
    "games": (("scores", "điểm số"), ("prizes won", "giải thưởng đã nhận"), ("teams", "đội chơi")),
}
INTERESTS: tuple[Pair, ...] = (
    ("we do this to {verb} for everyone who uses {name}", "chúng tôi làm việc này để {verb} cho mọi người dùng {name}"),
    ("we need this so that we can {verb} in {name}", "chúng tôi cần việc này để có thể {verb} trong {name}"),
    ("we use it only to {verb} while somebody uses {name}", "chúng tôi chỉ dùng để {verb} khi có người sử dụng {name}"),
)
VERBS: tuple[Pair, ...] = (
    ("keep accounts running", "duy trì tài khoản"), ("answer requests", "trả lời yêu cầu"), ("charge the right amount", "tính đúng số tiền"),
    ("detect abuse early", "phát hiện lạm dụng sớm"), ("fix errors faster", "sửa lỗi nhanh hơn"), ("keep the records the law asks for", "lưu hồ sơ theo luật"),
    ("show relevant items", "hiển thị mục phù hợp"), ("restore lost work", "khôi phục dữ liệu bị mất"),
)
RECIPIENTS: tuple[tuple[str, str], ...] = (
    ("Nimbus Hosting", "US"), ("Sora Cloud", "SG"), ("Shieldwall", "US"), ("Kestrel Payments", "IE"), ("Sen Pay", "VN"), ("Bao Wallet", "VN"),
    ("Ring & Text", "US"), ("Watchtower", "DE"), ("Posthorn", "DE"), ("Helpful Desk", "IE"), ("Red River Data", "VN"), ("Banyan Cloud", "VN"),
    ("Dogwood Metrics", "FR"), ("Fuji Telecom", "JP"), ("Gate Messenger", "VN"), ("Open Count", "DE"),
)
ROLES: tuple[Pair, ...] = (
    ("hosting provider", "nhà cung cấp máy chủ"), ("payment processor", "bên xử lý thanh toán"), ("error monitoring service", "dịch vụ giám sát lỗi"),
    ("email delivery service", "dịch vụ gửi email"), ("customer support desk", "dịch vụ hỗ trợ khách hàng"), ("content delivery network", "mạng phân phối nội dung"),
    ("text message service", "dịch vụ tin nhắn"), ("traffic analysis service", "dịch vụ phân tích truy cập"),
)
COOKIES = ("sid", "csrf", "lang", "theme", "_count", "_visit", "cart", "choices", "ab_test", "ads_id", "pref", "last_seen")
COOKIE_USES: tuple[Pair, ...] = (
    ("keeps you signed in", "giữ bạn đăng nhập"), ("remembers your choice", "ghi nhớ lựa chọn của bạn"), ("counts visits", "đếm lượt truy cập"),
    ("measures campaigns", "đo hiệu quả chiến dịch"),
)
INTRO: tuple[Pair, ...] = (
    ("**{name}** is built so that we know as little about you as we can.", "**{name}** được xây dựng để chúng tôi biết ít nhất có thể về bạn."),
    ("We describe each category of data in [the table below](#data), with its legal basis.", "Chúng tôi mô tả từng loại dữ liệu trong [bảng dưới đây](#data), kèm căn cứ pháp lý."),
    ("We never sell personal data, and we do not rent it.", "Chúng tôi không bán và không cho thuê dữ liệu cá nhân."),
    ("If you do not agree, you can close your account under *Settings → Privacy*.", "Nếu không đồng ý, bạn có thể đóng tài khoản tại *Cài đặt → Quyền riêng tư*."),
    ("This text applies to the website, the apps and the `api.{domain}` interface.", "Văn bản này áp dụng cho trang web, ứng dụng và giao diện `api.{domain}`."),
    ("You can ask us for [earlier versions](#contact) at any time.", "Bạn có thể yêu cầu [các phiên bản trước](#contact) bất cứ lúc nào."),
)
TRANSFERS: Pair = (
    "Some recipients are in **{country}**. Before any transfer we file an impact assessment, and we keep a\n[register of transfers](https://{domain}/transfers) that you may ask for.",
    "Một số bên nhận ở **{country}**. Trước khi chuyển, chúng tôi lập hồ sơ đánh giá tác động và lưu\n[sổ đăng ký chuyển dữ liệu](https://{domain}/transfers) để bạn có thể yêu cầu xem.",
)
TRANSFER_COUNTRIES: dict[str, Pair] = {"SG": ("Singapore", "Singapore"), "DE": ("Germany", "Đức"), "JP": ("Japan", "Nhật Bản")}
SECURITY_HEAD: Pair = ("We also protect your data with:", "Chúng tôi còn bảo vệ dữ liệu của bạn bằng:")
SECURITY: tuple[Pair, ...] = (
    ("encryption in transit (TLS 1.3) and at rest", "mã hóa khi truyền (TLS 1.3) và khi lưu"),
    ("access on a need-to-know basis, with *two-factor* sign-in", "chỉ cấp quyền khi cần, kèm đăng nhập *hai lớp*"),
    ("backups tested every {months} months", "sao lưu được kiểm tra mỗi {months} tháng"),
    ("independent penetration tests once a year", "kiểm thử xâm nhập độc lập mỗi năm một lần"),
    ("notice of an incident within **{hours} hours**", "thông báo sự cố trong vòng **{hours} giờ**"),
)
CHILDREN: Pair = (
    "{name} is not meant for children under **{age}**. If you believe that a child gave us data, [tell us](#contact).",
    "{name} không dành cho trẻ dưới **{age}** tuổi. Nếu bạn cho rằng trẻ đã cung cấp dữ liệu, [hãy báo cho chúng tôi](#contact).",
)
# fmt: on
