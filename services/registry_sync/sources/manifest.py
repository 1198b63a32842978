"""What a sender says it sent: file, rows and hash."""

from hub_events.records import ManifestEntry, Registry
from hub_intake.domain.sources import FieldKind, FieldSpec, SourceSpec
from hub_intake.domain.words import listed

_REGISTRIES = {
    "health": listed("卫健 卫生健康 卫健局 卫生健康局 托育 托育机构台账 卫生健康部门"),
    "education": listed("教育 教体 教育局 教育和体育局 幼儿园 幼儿园名册 教育部门"),
    "institution": listed("编办 事业单位 机构编制 事业单位登记 编制部门 机构编制部门"),
    "civil": listed("民政 民政局 社会组织 民政部门"),
    "market": listed("市场监管 市监 市场监督 市场监督管理局 企业 市场主体 市场监管部门"),
    "review": listed("审核台账 审核 变更审核 范围审核"),
}

SOURCE = SourceSpec(
    registry=Registry.MANIFEST,
    title="交付清单",
    record_type=ManifestEntry,
    fields=(
        FieldSpec(
            "file",
            FieldKind.TEXT,
            listed("文件 文件名 文件名称 附件名称 附件 file file_name filename WJ WJM WJMC"),
            required=True,
            weak_headings=listed("名称"),
            pattern=r".+\.(?:xlsx?|csv|tsv|txt|et|ods|xml|html?)",
        ),
        FieldSpec(
            "subject_registry",
            FieldKind.WORD,
            listed(
                "登记簿 数据来源 来源 数据类别 数据名称 部门 来源部门 报送部门 registry subject_registry"
                " source DJB SJLY LY BM"
            ),
            words=_REGISTRIES,
            weak_headings=listed("类别 单位"),
        ),
        FieldSpec(
            "rows",
            FieldKind.INTEGER,
            listed("行数 记录数 条数 数据条数 记录条数 数据量 数量 rows records count HS JLS TS SJTS SL"),
        ),
        FieldSpec(
            "sha256",
            FieldKind.IDENTIFIER,
            listed(
                "sha256 SHA-256 校验值 哈希值 校验码 摘要 哈希 文件摘要 文件校验值 hash digest checksum JYZ HXZ JYM ZY"
            ),
            pattern=r"[0-9a-fA-F]{64}",
        ),
    ),
    identity=(("file",),),
    grows=True,
    state_field=None,
)
