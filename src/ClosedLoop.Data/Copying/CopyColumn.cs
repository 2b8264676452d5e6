using System.Data.Common;
using System.Globalization;
using ClosedLoop.Data.Postgres;
using ClosedLoop.Data.Suppression;
using NpgsqlTypes;

namespace ClosedLoop.Data.Copying;

/// <summary>A column of the target, and what a value of the source becomes in it.</summary>
internal sealed record CopyColumn(string Name, NpgsqlDbType Type, bool IsFolded)
{
    /// <param name="name">Of the column.</param>
    /// <param name="type">As <c>information_schema.columns.data_type</c> names it.</param>
    /// <param name="isFolded">The column holds addresses in lower case.</param>
    public static CopyColumn Of(string name, string type, bool isFolded) => new(name, type switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "integer" => NpgsqlDbType.Integer,
        "text" or "character varying" => NpgsqlDbType.Text,
        "bytea" => NpgsqlDbType.Bytea,
        "timestamp without time zone" => NpgsqlDbType.Timestamp,
        "timestamp with time zone" => NpgsqlDbType.TimestampTz,
        _ => throw new CopyRefusedException($"CL3306: column {name} of the target has the type {type}, which no table of this program has."),
    }, isFolded);

    /// <summary>A value of the source as the target will hold it; <c>null</c> for NULL.</summary>
    public object? FromSource(DbDataReader reader, int ordinal)
    {
        if (reader.IsDBNull(ordinal)) return null;
        switch (Type)
        {
            case NpgsqlDbType.Text:
                var text = PostgresValues.Storable(reader.GetString(ordinal));
                return IsFolded ? AddressCase.Fold(text) : text;
            case NpgsqlDbType.Timestamp or NpgsqlDbType.TimestampTz:
                // Milliseconds, the less exact of the two columns there are.
                var time = DateTime.Parse(reader.GetString(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
                time = new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
                return Type == NpgsqlDbType.TimestampTz ? time : DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
            default:
                return Plain(reader, ordinal);
        }
    }

    /// <summary>A value of the target.</summary>
    public object? FromTarget(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : Type switch
    {
        NpgsqlDbType.Text => reader.GetString(ordinal),
        NpgsqlDbType.Timestamp or NpgsqlDbType.TimestampTz => reader.GetDateTime(ordinal),
        _ => Plain(reader, ordinal),
    };

    private object Plain(DbDataReader reader, int ordinal) => Type == NpgsqlDbType.Bytea ? reader.GetFieldValue<byte[]>(ordinal) : reader.GetInt64(ordinal);
}
