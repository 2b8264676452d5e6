using ClosedLoop.Liquid.Filters.Utf8;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>What is done to an output because of where it stands.</summary>
/// <param name="Escaper">Makes a value safe in this place.</param>
/// <param name="Problem">What is doubtful about the place; null when nothing is.</param>
/// <param name="Hint">What to write instead.</param>
internal sealed record OutputPlace(Utf8Filter Escaper, string? Problem = null, string? Hint = null)
{
    /// <summary>Text between tags, in comments, and in elements such as <c>title</c>: markup may stand there.</summary>
    public static OutputPlace Text { get; } = new(EscapeUtf8Filter.Instance);

    public static OutputPlace Quoted { get; } = new(EscapeUtf8Filter.Instance);

    /// <summary>Markup is written as it is; everywhere else it is taken for the text it stands for.</summary>
    public bool TakesMarkup => ReferenceEquals(this, Text);

    /// <summary>The escaper has something to write even for an empty value.</summary>
    public bool WritesEmpty => ReferenceEquals(Escaper, UnquotedEscaper.First) || ReferenceEquals(Escaper, WholeUrlEscaper.Unquoted) || ReferenceEquals(Escaper, QuotedNothingEscaper.Instance);

    /// <summary>A text that was percent-encoded by the template needs nothing more here.</summary>
    public bool TakesUrlEncoded => Escaper is EscapeUtf8Filter or PercentEscaper or UnquotedEscaper;
}
