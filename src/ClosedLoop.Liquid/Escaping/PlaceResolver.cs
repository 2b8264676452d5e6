using ClosedLoop.Liquid.Filters.Utf8;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>Decides what an output gets in a place, and where the document stands behind it.</summary>
internal static class PlaceResolver
{
    public static OutputPlace Resolve(in HtmlState s) => s.Spot switch
    {
        HtmlSpot.TagOpen or HtmlSpot.TagName => new OutputPlace(DigitsEscaper.Instance, "an output inside the name of a tag", "whole tags in the branches of an 'if'; only digits are written here"),
        HtmlSpot.InTag or HtmlSpot.AttributeName or HtmlSpot.AfterAttributeName => new OutputPlace(
            NothingEscaper.Instance, "an output where attributes stand", "the attribute in the template and only its value from the data; nothing is written here"),
        HtmlSpot.BeforeValue => Value(HtmlTokenizer.OpenValue(s, '\0')),
        HtmlSpot.Value => Value(s),
        HtmlSpot.RawText when s.Kind == ValueKind.Css => Css(s, isMarkup: false),
        HtmlSpot.RawText when s.Kind == ValueKind.Json => new OutputPlace(s.Css == CssSpot.Plain ? AllOrNothingEscaper.JsonValue : JsonStringEscaper.Instance),
        HtmlSpot.RawText when s.Kind == ValueKind.Refused => new OutputPlace(NothingEscaper.Instance, "an output inside a script", "no script: mail programs remove it; nothing is written here"),
        HtmlSpot.Unknown => new OutputPlace(
            PlainWordsEscaper.Instance, "an output behind branches that end in different places of the HTML", "branches that close what they open; only letters, digits and '.,-_' are written here"),
        _ => OutputPlace.Text,
    };

    public static HtmlState After(in HtmlState s) => s.Spot switch
    {
        HtmlSpot.TagOpen => new HtmlState(),
        HtmlSpot.BeforeValue => Past(HtmlTokenizer.OpenValue(s, '\0')),
        HtmlSpot.Value or HtmlSpot.RawText => Past(s),
        _ => s,
    };

    private static HtmlState Past(in HtmlState s)
    {
        var isUrl = s.Kind is ValueKind.Url or ValueKind.UrlList || (s.Kind == ValueKind.Css && s.Css is CssSpot.Url or CssSpot.DoubleUrl or CssSpot.SingleUrl);
        return s with { HasValue = s.Spot == HtmlSpot.Value, Tail = "", Url = isUrl && s.Url == UrlPart.Begin ? UrlPart.Path : s.Url };
    }

    private static OutputPlace Value(in HtmlState s)
    {
        var isUnquoted = s.Quote == '\0';
        var place = s.Kind switch
        {
            ValueKind.Url or ValueKind.UrlList => Url(s, s is { Quote: '\0', HasValue: false } ? WholeUrlEscaper.Unquoted : WholeUrlEscaper.Attribute),
            ValueKind.Css when isUnquoted => Refuse(s, "an output in a style without quotes", "quotes around the style; nothing is written here"),
            ValueKind.Css => Css(s, isMarkup: true),
            ValueKind.Refused => Refuse(s, s.Attribute.Length == 0 ? "an output in an attribute without a name" : $"an output in the attribute '{s.Attribute}'", "no data in attributes that are run or read as a document; nothing is written here"),
            _ when isUnquoted => new OutputPlace(s.HasValue ? UnquotedEscaper.Further : UnquotedEscaper.First),
            _ => OutputPlace.Quoted,
        };
        return isUnquoted && place.Problem is null ? place with { Problem = $"the value of '{s.Attribute}' has no quotes", Hint = "quotes around it" } : place;
    }

    private static OutputPlace Refuse(in HtmlState s, string problem, string hint) =>
        new(s is { Quote: '\0', HasValue: false } ? QuotedNothingEscaper.Instance : NothingEscaper.Instance, problem, hint);

    private static OutputPlace Url(in HtmlState s, Utf8Filter whole) => s.Url switch
    {
        UrlPart.Begin => new OutputPlace(whole),
        UrlPart.Path => new OutputPlace(PercentEscaper.Path),
        UrlPart.Address => new OutputPlace(PercentEscaper.Address),
        UrlPart.Query => new OutputPlace(PercentEscaper.Query),
        _ => new OutputPlace(NothingEscaper.Instance, "an output in an address that is code or data", "an address that begins with https:, mailto: or tel:; nothing is written here"),
    };

    private static OutputPlace Css(in HtmlState s, bool isMarkup) => s.Css switch
    {
        CssSpot.Plain => new OutputPlace(AllOrNothingEscaper.CssValue),
        CssSpot.DoubleString or CssSpot.SingleString => new OutputPlace(CssStringEscaper.Instance),
        CssSpot.Comment => new OutputPlace(PlainWordsEscaper.Instance),
        _ => Url(s, isMarkup ? WholeUrlEscaper.StyleAttribute : WholeUrlEscaper.StyleSheet),
    };
}
