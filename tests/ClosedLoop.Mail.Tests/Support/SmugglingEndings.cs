namespace ClosedLoop.Mail.Tests.Support;

/// <summary>Octets that some server has once taken for the end of a message. Only CRLF.CRLF is one (RFC 5321 section 4.1.1.4).</summary>
internal static class SmugglingEndings
{
    public static TheoryData<string> All =>
    [
        "\n.\n",
        "\n.\r\n",
        "\n.\r",
        "\r.\r",
        "\r.\r\n",
        "\r.\n",
        "\r\n.\r",
        "\r\n.\n",
        "\r\n.\r\r\n",
        "\r\n\0.\r\n",
        "\r\n.\0\r\n",
        "\n\n.\r\r\n",
    ];
}
