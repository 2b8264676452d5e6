using ClosedLoop.Data;
using ClosedLoop.Model;

namespace ClosedLoop.Operations.Reading;

/// <summary>Compares the clock of this machine with that of the database server. A database that is a file has no clock of its own.</summary>
internal sealed class ClockReader(Database database, Figures figures, TimeProvider time)
{
    /// <returns><c>null</c> where there is nothing to compare, or the server does not answer in time.</returns>
    public async Task<ClockOffset?> ReadAsync()
    {
        if (database.Kind != DatabaseKind.Postgres) return null;
        try
        {
            return (await figures.GetAsync("clock", Measure, MailingsReader.Patience)).Value;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private ClockOffset Measure()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)");

        // The first answer may wait for a connection; the second takes the way there and back and nothing else. The server looked at its clock about half-way.
        statement.Scalar();
        var (began, asked) = (time.GetTimestamp(), time.NowMicroseconds());
        var server = statement.Scalar();
        var trip = time.GetElapsedTime(began);
        return new ClockOffset(TimeSpan.FromMicroseconds(asked - server) + (trip / 2), trip);
    }
}
