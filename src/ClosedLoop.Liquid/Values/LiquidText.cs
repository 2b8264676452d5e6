using System.Text;

namespace ClosedLoop.Liquid.Values;

/// <summary>A text of the host's data with its UTF-8: encoded once, written by any number of renders.</summary>
internal sealed class LiquidText(string text)
{
    public string Text { get; } = text;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);
}
