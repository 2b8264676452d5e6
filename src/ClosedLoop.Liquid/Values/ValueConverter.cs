using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace ClosedLoop.Liquid.Values;

/// <summary>Turns the host's data into values, once, so that no render touches dictionaries or JSON documents of others.</summary>
internal static class ValueConverter
{
    /// <summary>Deeper data is refused: it is a cycle or an attack.</summary>
    public const int MaxDepth = 100;

    public static LiquidValue Convert(object? value, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw new LiquidRenderException(
                LiquidErrorCode.NestingTooDeep, "the data is nested too deeply, or contains itself", $"at most {MaxDepth} levels", source: null, 0);
        }

        return value switch
        {
            null => LiquidValue.Nil,
            LiquidValue done => done,
            string text => LiquidValue.FromText(text),
            bool flag => LiquidValue.FromBoolean(flag),
            char c => LiquidValue.FromString(c.ToString()),
            byte or sbyte or short or ushort or int or uint or long => LiquidValue.FromInteger(System.Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            ulong big => LiquidValue.FromInteger(new BigInteger(big)),
            BigInteger big => LiquidValue.FromInteger(big),
            float or double or decimal => LiquidValue.FromFloat(System.Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            DateTimeOffset date => LiquidValue.FromDate(date),
            DateTime date => LiquidValue.FromDate(date.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(date, TimeSpan.Zero) : new DateTimeOffset(date)),
            DateOnly date => LiquidValue.FromDate(new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)),
            JsonElement json => FromJson(json, depth),
            JsonDocument json => FromJson(json.RootElement, depth),
            IReadOnlyDictionary<string, object?> entries => FromEntries(entries, depth),
            IDictionary entries => FromDictionary(entries, depth),
            IEnumerable items => FromItems(items, depth),
            _ => LiquidValue.FromString(System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
        };
    }

    private static LiquidValue FromEntries(IReadOnlyDictionary<string, object?> entries, int depth)
    {
        var hash = new LiquidHash();
        foreach (var (key, value) in entries)
        {
            hash[key] = Convert(value, depth + 1);
        }

        return LiquidValue.FromHash(hash);
    }

    private static LiquidValue FromDictionary(IDictionary entries, int depth)
    {
        var hash = new LiquidHash();
        foreach (DictionaryEntry entry in entries)
        {
            hash[System.Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? ""] = Convert(entry.Value, depth + 1);
        }

        return LiquidValue.FromHash(hash);
    }

    private static LiquidValue FromItems(IEnumerable items, int depth)
    {
        var list = new List<LiquidValue>();
        foreach (var item in items)
        {
            list.Add(Convert(item, depth + 1));
        }

        return LiquidValue.FromArray([.. list]);
    }

    private static LiquidValue FromJson(JsonElement json, int depth)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return LiquidValue.FromText(json.GetString()!);
            case JsonValueKind.True or JsonValueKind.False:
                return LiquidValue.FromBoolean(json.GetBoolean());
            case JsonValueKind.Number:
                return FromJsonNumber(json);
            case JsonValueKind.Array:
                var items = new List<LiquidValue>(json.GetArrayLength());
                foreach (var item in json.EnumerateArray())
                {
                    items.Add(Convert(item, depth + 1));
                }

                return LiquidValue.FromArray([.. items]);
            case JsonValueKind.Object:
                var hash = new LiquidHash();
                foreach (var property in json.EnumerateObject())
                {
                    hash[property.Name] = Convert(property.Value, depth + 1);
                }

                return LiquidValue.FromHash(hash);
            default:
                return LiquidValue.Nil;
        }
    }

    private static LiquidValue FromJsonNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var whole))
        {
            return LiquidValue.FromInteger(whole);
        }

        var text = json.GetRawText();
        return text.AsSpan().ContainsAny('.', 'e', 'E') || text.Length > 400
            ? LiquidValue.FromFloat(json.GetDouble())
            : LiquidValue.FromInteger(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}
