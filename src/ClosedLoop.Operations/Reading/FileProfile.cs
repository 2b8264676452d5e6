using ClosedLoop.Model.Clients;

namespace ClosedLoop.Operations.Reading;

/// <summary>How a file was read, and where it left the contract. What the reader found tells all of it: a file has the agreed form or a code that says otherwise.</summary>
/// <param name="Encoding">Charset of the contract, and whether the file kept to it.</param>
/// <param name="ByteOrderMark">Whether it began with one.</param>
/// <param name="Delimiter">Between two columns.</param>
/// <param name="LineEnds">What ended its lines.</param>
/// <param name="Columns">How many columns.</param>
/// <param name="Names">Columns of the contract, in order.</param>
public sealed record FileProfile(ProfileLine Encoding, ProfileLine ByteOrderMark, ProfileLine Delimiter, ProfileLine LineEnds, ProfileLine Columns, IReadOnlyList<string> Names)
{
    public IEnumerable<(string Name, ProfileLine Line)> Lines => [("Encoding", Encoding), ("Byte order mark", ByteOrderMark), ("Delimiter", Delimiter), ("Line ends", LineEnds), ("Columns", Columns)];

    /// <param name="detail">The file.</param>
    /// <param name="client">The contract by which it was read.</param>
    public static FileProfile Of(FileDetail detail, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(detail);
        ArgumentNullException.ThrowIfNull(client);
        int Of(string code) => detail.Problems.Count(problem => problem.Code.Code == code);
        var isRead = detail.Line.File.Records > 0 || detail.Problems.Count > 0;
        ProfileLine Line(string text, string good, params (string Code, string Text)[] faults)
        {
            var found = faults.Where(fault => Of(fault.Code) > 0).Select(fault => $"{fault.Text} ({fault.Code})").ToList();
            return found.Count > 0 ? new ProfileLine(text, string.Join("; ", found), Fits: false) : new ProfileLine(text, isRead ? good : "not read yet", Fits: isRead ? true : null);
        }

        return new FileProfile(
            Line(client.Dialect.Encoding.ToUpperInvariant(), "every octet fits", ("E106", "has octets that are not of it"), ("E112", "has control characters")),
            Line("none", "none", ("W152", "there was one, it was dropped")),
            Line("; with \" quotes", "read to the end", ("E109", "a quote is not closed"), ("E110", "a stray quote")),
            Line(client.Dialect.AcceptCrLf ? "LF, or CRLF" : "LF", "LF", ("W153", "CRLF"), ("E108", "a line break that is not agreed")),
            Line(FormattableString.Invariant($"{client.List.Fields.Count}, no header"), "every record has them", ("E111", FormattableString.Invariant($"{Of("E111")} records have another number")), ("E113", "a header line")),
            [.. client.List.Fields.Select(field => field.Name)]);
    }
}
