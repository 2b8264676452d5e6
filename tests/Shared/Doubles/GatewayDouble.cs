namespace ClosedLoop.Testing.Doubles;

/// <summary>An HTTP gateway for SMS of no particular kind: answers every request the same.</summary>
internal sealed class GatewayDouble : HttpDouble
{
    public int Status { get; set; } = 200;

    public string Answer { get; set; } = "{\"messages\":[{\"id\":\"m-1\",\"status\":\"0\"}]}";

    public static async Task<GatewayDouble> StartAsync()
    {
        var made = new GatewayDouble();
        await made.StartAsync(certificate: null);
        return made;
    }

    protected override string? AddressOf(DoubleRequest request) => "";

    protected override (int Status, string Body, IReadOnlyDictionary<string, string> Headers) Serve(DoubleRequest request) => (Status, Answer, new Dictionary<string, string>());
}
