namespace ClosedLoop.Liquid.Parsing;

/// <summary>The inside of a tag or output, with its place in the source.</summary>
internal readonly record struct Markup(string Text, int Position)
{
    public Markup Slice(int start, int length) => new(Text.Substring(start, length), Position + start);
}
