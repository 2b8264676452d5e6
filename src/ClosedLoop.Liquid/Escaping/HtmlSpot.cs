namespace ClosedLoop.Liquid.Escaping;

/// <summary>Where in an HTML document the reader stands; the states of the HTML standard's tokenizer that matter for escaping.</summary>
internal enum HtmlSpot : byte
{
    Text,
    TagOpen,
    TagName,
    InTag,
    AttributeName,
    AfterAttributeName,
    BeforeValue,
    Value,
    Declaration,
    Comment,

    /// <summary>Inside an element whose content holds no tags, such as <c>style</c>.</summary>
    RawText,

    /// <summary>Branches of the template ended in places that have nothing in common.</summary>
    Unknown,
}
