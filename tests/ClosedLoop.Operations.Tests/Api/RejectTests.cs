using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Api;

/// <summary>Giving a file up and telling those who sent it.</summary>
[Collection(ServedCollection.Name)]
public sealed class RejectTests(ServedHere served)
{
    [Theory]
    [InlineData("", "CL9586")]
    [InlineData("&reason=%20", "CL9586")]
    [InlineData("&reason=wrong+month", "CL9585")]
    public async Task Nobody_is_told_without_a_reason_or_without_somebody_to_tell(string reason, string code)
    {
        using var admin = served.Client(served.CommandLineToken);
        var (file, _) = await Imports.AddAsync(served, "20300320000000_subscribers.csv", [("x@example.com", "X")]);
        using var answer = await admin.PostAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/v1/files/{file}/discard?tell=true{reason}"), UriKind.Relative), content: null);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }
}
