using System.Text;

namespace ClosedLoop.Liquid.Tests;

/// <summary>A recipient made of texts.</summary>
internal sealed class TestRow(params string?[] values) : LiquidRow
{
    private readonly byte[]?[] _values = Array.ConvertAll(values, v => v is null ? null : Encoding.UTF8.GetBytes(v));

    public override bool IsNull(int slot) => _values[slot] is null;

    public override ReadOnlySpan<byte> Utf8(int slot) => _values[slot];
}
