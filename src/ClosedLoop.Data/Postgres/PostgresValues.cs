using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace ClosedLoop.Data.Postgres;

/// <summary>Values as the schema stores them: every number bigint, text, bytea. One type for all numbers keeps one prepared statement for each text.</summary>
internal static class PostgresValues
{
    /// <summary>Sets parameters <c>$1</c>, <c>$2</c>, … A place that held a value before keeps its type for NULL.</summary>
    public static void Bind(NpgsqlParameterCollection parameters, ReadOnlySpan<object?> arguments)
    {
        while (parameters.Count < arguments.Length) parameters.Add(new NpgsqlParameter { Value = DBNull.Value });
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = parameters[i];
            switch (arguments[i])
            {
                case null or DBNull:
                    parameter.Value = DBNull.Value;
                    break;
                case string text:
                    parameter.NpgsqlDbType = NpgsqlDbType.Text;
                    parameter.Value = Storable(text);
                    break;
                case byte[] bytes:
                    parameter.NpgsqlDbType = NpgsqlDbType.Bytea;
                    parameter.Value = bytes;
                    break;
                case long[] numbers:
                    parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint;
                    parameter.Value = numbers;
                    break;
                case string[] texts:
                    parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text;
                    parameter.Value = Array.ConvertAll(texts, Storable);
                    break;
                case byte[][] values:
                    parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
                    parameter.Value = values;
                    break;
                case var number:
                    parameter.NpgsqlDbType = NpgsqlDbType.Bigint;
                    parameter.Value = Convert.ToInt64(number, CultureInfo.InvariantCulture);
                    break;
            }
        }
    }

    /// <summary>
    /// PostgreSQL refuses U+0000 and halves of surrogate pairs, which a user agent or a relay's reply may hold and SQLite takes: they become U+FFFD, so that
    /// one odd character does not cost the row.
    /// </summary>
    public static string Storable(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
    }
}
