using System.Buffers;
using System.Text;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Model.Products;

/// <summary>The stored form of a product: its columns but the id, in the order of <see cref="ProductColumns"/>. Columns added later read as empty.</summary>
public static class ProductBody
{
    /// <summary>Packs the values by column; that of the id is not looked at.</summary>
    public static ReadOnlyMemory<byte> Pack(IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var output = new ArrayBufferWriter<byte>(256);
        for (var i = 1; i < ProductColumns.All.Count; i++)
        {
            var value = i < values.Count ? values[i] : null;
            RecipientFields.Write(output, string.IsNullOrEmpty(value) ? default : Encoding.UTF8.GetBytes(value), string.IsNullOrEmpty(value));
        }

        return output.WrittenMemory;
    }

    /// <summary>The values by column; an empty one is null.</summary>
    /// <exception cref="InvalidDataException">The stored row is damaged.</exception>
    public static string?[] Unpack(string id, ReadOnlySpan<byte> body)
    {
        var count = ProductColumns.All.Count;
        Span<int> starts = stackalloc int[count - 1];
        Span<int> lengths = stackalloc int[count - 1];
        RecipientFields.Index(body, starts, lengths);
        var values = new string?[count];
        values[0] = id;
        for (var i = 1; i < count; i++)
        {
            if (starts[i - 1] >= 0) values[i] = Encoding.UTF8.GetString(body.Slice(starts[i - 1], lengths[i - 1]));
        }

        return values;
    }
}
