using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Products;

public sealed partial class ProductUpkeep
{
    [LoggerMessage(1131, LogLevel.Information, "{Count} rows of product data that no mailing uses were removed")]
    private partial void LogRemoved(int count);

    [LoggerMessage(1132, LogLevel.Warning, "old product data could not be removed now")]
    private partial void LogBroke(Exception error);
}
