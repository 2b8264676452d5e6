using System.Text;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>The file as UTF-8. UTF-8 passes through byte for byte, so that bad sequences are found with their position.</summary>
internal static class FileText
{
    static FileText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Whether a charset name of a client definition is known here.</summary>
    public static bool IsKnown(string charset)
    {
        try
        {
            Encoding.GetEncoding(charset);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static Stream Open(Stream stream, CsvDialect dialect)
    {
        var encoding = Encoding.GetEncoding(dialect.Encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return encoding.CodePage == Encoding.UTF8.CodePage
            ? stream
            : Encoding.CreateTranscodingStream(stream, encoding, new UTF8Encoding(false), leaveOpen: true);
    }
}
