using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Definitions;

/// <summary>A client and a source mailing that are in order, to be spoilt.</summary>
internal static class DefinitionFiles
{
    public const string Client = """{ "id": 90000000001, "key": "oak", "sender": { "address": "letters@example.org" } }""";

    public const string Mailing = """{ "id": 71000000100, "name": "Spring", "subject": "Hello", "text": "body.txt.liquid" }""";

    public static void Write(TempFolder folder, string client = Client, string mailing = Mailing, string text = "Hello {{ firstname }}\n")
    {
        folder.Write("oak/client.json", client);
        folder.Write("oak/mailings/spring/mailing.json", mailing);
        folder.Write("oak/mailings/spring/body.txt.liquid", text);
    }
}
