using System.Text;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Optimove.Tests.Support;

/// <summary>Every value in every column of the database that is a text or octets, so that nothing hides between two pages of the file.</summary>
internal static class WrittenColumns
{
    public static string Of(Books books)
    {
        var isPostgres = PostgresChoice.IsMade;
        var text = new StringBuilder();
        foreach (var table in books.Texts(isPostgres ? "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()" : "SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            text.Append(table).Append('\n');
            var columns = isPostgres
                ? $"SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}' AND data_type IN ('text', 'bytea', 'character varying')"
                : $"SELECT name FROM pragma_table_info('{table}')";
            foreach (var column in books.Texts(columns))
            {
                var values = isPostgres
                    ? $"SELECT CASE WHEN pg_typeof(\"{column}\")::text = 'bytea' THEN encode(\"{column}\"::text::bytea, 'escape') ELSE \"{column}\"::text END FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"
                    : $"SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE typeof(\"{column}\") IN ('text', 'blob')";
                foreach (var value in books.Texts(values)) text.Append(value).Append('\n');
            }
        }

        return text.ToString();
    }
}
