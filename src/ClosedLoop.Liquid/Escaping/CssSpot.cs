namespace ClosedLoop.Liquid.Escaping;

/// <summary>Where in a style sheet, or in a script of JSON data, the reader stands.</summary>
internal enum CssSpot : byte
{
    Plain,
    Comment,
    DoubleString,
    SingleString,
    Url,
    DoubleUrl,
    SingleUrl,
}
