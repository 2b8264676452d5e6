using System.Text;

namespace ClosedLoop.Scenarios.Support;

/// <summary>The 36 edge cases of a recipient file, one fixture each. Case 36 is a name that was there before and has no bytes of its own.</summary>
internal static class EdgeCases
{
    public const string Blocked = "blocked@example.org";
    public const string Unsubscribed = "gone@example.org";
    public const string Bounced = "bounced@example.org";

    /// <summary>A second source mailing.</summary>
    public const long OtherSource = 71000000001;

    /// <summary>Limit of bytes that case 35 passes.</summary>
    public const int MaxBytes = 4096;

    private const string Header = "Email;broadmail_ID;WAVE_ID;Salutation;First name;Last name;City;points";

    public static IReadOnlyList<EdgeCase> All { get; } =
    [
        new(1, [0xEF, 0xBB, 0xBF, .. Lines(Good(1))], 'I', "W152", 1, 1),
        new(2, Lines(Cells("2@example.org", lastName: "B\uFEFFerg")), 'I', null, 0, 1),
        new(3, [.. Lines(Good(3)), .. "b@example.org;71000000000;;Ms;"u8, 0xC3, 0x28, .. ";Berg;Gent\n"u8], 'F', "E106", 2),
        new(4, Encoding.UTF8.GetBytes(Good(4) + "\r\n" + Good(40) + "\n"), 'I', "W153", 1, 2),
        new(5, Encoding.UTF8.GetBytes(Good(5) + "\r" + Good(50) + "\n"), 'F', "E108", 1),
        new(6, Encoding.UTF8.GetBytes(Good(6) + "\n" + Good(60)), 'I', null, 0, 2),
        new(7, Encoding.UTF8.GetBytes(Good(7) + "\n\n\n\r\n"), 'I', null, 0, 1),
        new(8, Encoding.UTF8.GetBytes(Good(8) + "\n\n" + Good(80) + "\n"), 'F', "E111", 2),
        new(9, Lines(Cells("9@example.org", lastName: "\"O;\"\"Neil\"\"\r\nJr\n\"")), 'I', null, 0, 1),
        new(10, Lines(Good(10), Cells("b@example.org", lastName: "ab\"c")), 'F', "E110", 2),
        new(11, Lines(Good(11), Cells("b@example.org", lastName: "\"ab\"c")), 'F', "E110", 2),
        new(12, Encoding.UTF8.GetBytes(Good(12) + "\nb@example.org;71000000000;;Ms;\"An"), 'F', "E109", 2),
        new(13, Lines(Good(13), Good(130) + ";x"), 'F', "E111", 2),
        new(14, "\n\n"u8.ToArray(), 'F', "E105", 0),
        new(15, Lines(Good(15), Cells("b@example.org", lastName: "B\0erg")), 'F', "E112", 2),
        new(16, Lines(Header, Good(16)), 'F', "E113", 1),
        new(17, Lines(Cells("17@example.org", lastName: ""), Cells("170@example.org", lastName: "\"\"")), 'I', null, 0, 2),
        new(18, Lines(Good(18), Cells("b@example.org", city: new string('x', 61))), 'R', "E204", 2, 1),
        new(19, Lines(Good(19), Cells("b@example.org", points: "many")), 'R', "E205", 2, 1),
        new(20, Lines(Good(20), Cells("b@example.org", salutation: "")), 'R', "E206", 2, 1),
        new(21, Lines(Good(21), Cells("")), 'R', "E201", 2, 1),
        new(22, Lines(Good(22), Cells("b..c@example.org")), 'R', "E202", 2, 1),
        new(23, Lines(Good(23), Cells("23@EXAMPLE.org", lastName: "Second")), 'I', "W203", 2, 1),
        new(24, Lines(Cells("24@example.org", wave: "1"), Cells("24@example.org", wave: "2")), 'I', null, 0, 1, 1),
        new(25, Lines(Good(25), Cells(Blocked)), 'R', "W207", 2, 1),
        new(26, Lines(Good(26), Cells(Unsubscribed)), 'D', "W208", 0, 1),
        new(27, Lines(Good(27), Cells(Bounced)), 'D', "W209", 0, 1),
        new(28, Lines(Good(28), Cells("b@example.org", source: "071000000000")), 'F', "E301", 2),
        new(29, Lines(Good(29), Cells("b@example.org", source: "71000000999")), 'F', "E302", 2),
        new(30, Lines(Good(30), Cells("300@example.org", source: OtherSource.ToString())), 'I', null, 0, 1, 1),
        new(31, Lines(Cells("31@example.org", wave: "3101"), Cells("310@example.org", wave: "3102")), 'I', null, 0, 1, 1),
        new(32, Lines(Cells("32@example.org", wave: ""), Cells("320@example.org", wave: "x1")), 'R', "E205", 2, 1),
        new(33, Lines(Cells("33@example.org", wave: "3101")), 'I', "W154", 1, 1),
        new(34, Lines(Good(34), Cells("nobody", wave: "3401")), 'R', "W308", 2, 1),
        new(35, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 120).Select(i => Good(35_000 + i) + "\n"))), 'F', "E104", 0),
    ];

    private static string Good(int number) => Cells(number.ToString() + "@example.org");

    private static string Cells(string address, string source = "71000000000", string wave = "", string salutation = "Ms", string lastName = "Berg", string city = "Gent", string points = "7") =>
        $"{address};{source};{wave};{salutation};Anna;{lastName};{city};{points}";

    private static byte[] Lines(params IEnumerable<string> rows) => Installation.FileOf(rows);
}
