using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Definitions;

/// <summary>What must hold for a test folder: it is a guard, so a setting that would make it none is refused.</summary>
internal static class TestFolderCheck
{
    public static IEnumerable<string> Faults(ClientDefinition client)
    {
        if (client.Import is { Test: true, TestList.Count: 0 }) yield return "import.test is true and import.testList is empty; expected the addresses, or patterns such as *@test.example.com, that may be mailed.";
        foreach (var entry in client.Import.TestList.Where(entry => AddressPattern.TryParse(entry) is null))
            yield return $"import.testList: '{entry}' is no address and no pattern of addresses; expected such as anna@example.com or *@test.example.com.";
        var folders = client.Folders;
        if (client.Import.Test && new[] { folders.In, folders.Out, folders.Error, folders.Log, folders.Processing, folders.Archive }.Contains(folders.InTest, StringComparer.Ordinal))
            yield return $"folders.inTest is '{folders.InTest}', which is another folder, too; expected a folder of its own.";
    }
}
