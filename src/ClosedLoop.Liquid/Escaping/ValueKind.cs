namespace ClosedLoop.Liquid.Escaping;

/// <summary>What an attribute's value, or the content of an element without tags, is read as.</summary>
internal enum ValueKind : byte
{
    Plain,
    Url,

    /// <summary>Several URLs: <c>srcset</c>.</summary>
    UrlList,
    Css,
    Json,

    /// <summary>Script, markup inside an attribute, or an attribute whose name is not known.</summary>
    Refused,
}
