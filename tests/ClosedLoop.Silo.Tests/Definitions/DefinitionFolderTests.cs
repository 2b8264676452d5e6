using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Demo;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Definitions;

public sealed class DefinitionFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parts_are_read_from_beside_the_mailing()
    {
        DefinitionFiles.Write(_folder);
        var set = DefinitionFolder.Read(_folder.Path);
        Assert.Equal("oak", Assert.Single(set.Clients).Key);
        var mailing = Assert.Single(set.Mailings);
        Assert.Equal((90_000_000_001, "Hello {{ firstname }}\n", null), (mailing.ClientId, mailing.Text, mailing.Html));
        Assert.Equal((SourceStatus.ActivationRequired, true, true), (mailing.Status, mailing.TrackOpens, mailing.TrackClicks));
    }

    [Fact]
    public void Comments_and_trailing_commas_pass()
    {
        DefinitionFiles.Write(_folder, client: "// who\n" + DefinitionFiles.Client.Replace("} }", "}, }", StringComparison.Ordinal));
        Assert.Single(DefinitionFolder.Read(_folder.Path).Clients);
    }

    [Fact]
    public void A_misspelt_key_is_named_with_file_line_and_path()
    {
        DefinitionFiles.Write(_folder, mailing: "{\n  \"id\": 1,\n  \"name\": \"x\",\n  \"subjekt\": \"Hello\"\n}");
        var fault = Assert.Single(Faults());
        Assert.StartsWith(Path.Combine(_folder.Path, "oak/mailings/spring/mailing.json") + ": line 4, $.subjekt: ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_key_is_named()
    {
        DefinitionFiles.Write(_folder, client: """{ "id": 1, "key": "oak" }""");
        Assert.Contains("sender", Assert.Single(Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_is_not_there_is_named()
    {
        DefinitionFiles.Write(_folder, mailing: DefinitionFiles.Mailing.Replace("body.txt", "other.txt", StringComparison.Ordinal));
        Assert.Contains(Faults(), fault => fault.Contains("'other.txt.liquid' is not beside it", StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_of_all_files_are_told_at_once()
    {
        DefinitionFiles.Write(_folder, client: DefinitionFiles.Client.Replace("\"oak\"", "\"Oak!\"", StringComparison.Ordinal), text: "{% if %}");
        _folder.Write("elm/client.json", DefinitionFiles.Client.Replace("letters@example.org", "letters", StringComparison.Ordinal));
        _folder.Write("fir/client.json", "{ no");
        var faults = Faults();
        Assert.Equal(5, faults.Count);
        Assert.Contains(faults, fault => fault.Contains("sender.address is 'letters'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("fir", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("key is 'Oak!'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("mailing.json: text(1,", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("client id 90000000001 is used by 2 clients", StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_and_keys_belong_to_one_definition()
    {
        DefinitionFiles.Write(_folder);
        _folder.Write("elm/client.json", DefinitionFiles.Client);
        _folder.Write("elm/mailings/a/mailing.json", DefinitionFiles.Mailing);
        _folder.Write("elm/mailings/a/body.txt.liquid", "Hello");
        Assert.Equal(
            ["client id 90000000001 is used by 2 clients.", "client key 'oak' is used by 2 clients.", "source mailing id 71000000100 is used 2 times."], Faults());
    }

    [Fact]
    public void A_folder_without_a_client_is_a_fault() => Assert.Contains("no client.json", Assert.Single(Faults()), StringComparison.Ordinal);

    [Fact]
    public void A_folder_that_is_not_there_is_a_fault() =>
        Assert.Contains("does not exist", Assert.Single(Assert.Throws<DefinitionException>(() => DefinitionFolder.Read("/no/such/folder")).Faults), StringComparison.Ordinal);

    [Fact]
    public async Task Nothing_is_stored_when_one_file_is_at_fault()
    {
        DefinitionFiles.Write(_folder, text: "{{ firstname");
        var settings = new SiloSettings { Data = Path.Combine(_folder.Path, "data") };
        await Assert.ThrowsAsync<DefinitionException>(() => ApplyCommand.ApplyAsync(settings, _folder.Path));
        Assert.False(Directory.Exists(settings.DataPath));
    }

    [Fact]
    public void The_definitions_of_the_demonstration_are_in_order()
    {
        var set = DefinitionFolder.Read(DemoContent.WriteTo(new SiloSettings { Data = _folder.Path }));
        Assert.Equal(("demo", "Spring letter"), (Assert.Single(set.Clients).Key, Assert.Single(set.Mailings).Name));
    }

    [Fact]
    public void What_somebody_changed_in_the_demonstration_stays()
    {
        var settings = new SiloSettings { Data = _folder.Path };
        var text = Path.Combine(DemoContent.WriteTo(settings), "demo/mailings/spring/body.txt.liquid");
        File.WriteAllText(text, "mine");
        DemoContent.WriteTo(settings);
        Assert.Equal("mine", File.ReadAllText(text));
    }

    private IReadOnlyList<string> Faults() => Assert.Throws<DefinitionException>(() => DefinitionFolder.Read(_folder.Path)).Faults;
}
