using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Clients;

/// <summary>A message centre that speaks SMPP 3.4.</summary>
public sealed record SmppSettings
{
    public required string Host { get; init; }

    public int Port { get; init; } = 2775;

    /// <summary><c>none</c> or <c>required</c> (TLS from the first byte).</summary>
    public string Tls { get; init; } = "none";

    /// <summary>PEM file with the authorities that are believed in place of the machine's; null believes the machine's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CertificateFile { get; init; }

    public required string SystemId { get; init; }

    /// <summary>Name of the environment variable that holds the password; never the password itself.</summary>
    public required string PasswordSetting { get; init; }

    public string SystemType { get; init; } = "";

    /// <summary><c>transceiver</c>, or <c>transmitter</c> for message centres that send their receipts elsewhere.</summary>
    public string Bind { get; init; } = "transceiver";

    /// <summary>Most messages on their way without an answer.</summary>
    public int Window { get; init; } = 10;

    /// <summary>Seconds without traffic after which the connection is tested with enquire_link.</summary>
    public int EnquireLinkSeconds { get; init; } = 30;

    /// <summary>How long messages travel: <c>udh</c> (a header in each segment), <c>sar</c> (optional parameters) or <c>payload</c> (message_payload, cut by the message centre).</summary>
    public string Long { get; init; } = "udh";

    /// <summary>What the message centre takes data_coding 0 for: <c>gsm7</c> (the GSM alphabet, an octet for each character) or <c>latin1</c>.</summary>
    public string DefaultAlphabet { get; init; } = "gsm7";

    /// <summary>Whether delivery receipts are asked for.</summary>
    public bool Receipts { get; init; } = true;

    /// <summary>Whether messages carry a reference of ours (user_message_reference), which receipts repeat: it ends doubts. Off for message centres that refuse it.</summary>
    public bool Reference { get; init; } = true;

    /// <summary>Ids in receipts: <c>same</c> as in submit_sm_resp, or <c>decimal</c> where the answer had them in hexadecimal.</summary>
    public string ReceiptIds { get; init; } = "same";

    /// <summary>Seconds for which the message centre keeps trying; 0 leaves it to it.</summary>
    public int ValiditySeconds { get; init; }
}
