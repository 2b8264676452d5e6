using System.Text;

namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>Gathers a value up to a limit; past it nothing is kept.</summary>
internal sealed class ValueText(int limit)
{
    private readonly StringBuilder _text = new();

    public int Limit => limit;

    /// <summary>There was more than the limit.</summary>
    public bool IsFull { get; private set; }

    public bool IsBlank { get; private set; } = true;

    public void Append(ReadOnlySpan<char> part)
    {
        if (IsFull) return;
        IsBlank = IsBlank && part.IsWhiteSpace();
        if (_text.Length + part.Length > limit)
        {
            IsFull = true;
            _text.Clear();
            return;
        }

        _text.Append(part);
    }

    public override string ToString() => _text.ToString();
}
