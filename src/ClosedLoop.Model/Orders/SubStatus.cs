namespace ClosedLoop.Model.Orders;

/// <summary>Names of the transitions of an operation (xml-delivery spec section 4).</summary>
public static class SubStatus
{
    public const string SemaphoreFound = "SEMAPHORE_FOUND";
    public const string SemaphoreDeleted = "SEMAPHORE_DELETED";
    public const string OrderFound = "XML_CONFIGURATION_FILE_FOUND";
    public const string OrderCopied = "DOWNLOAD_XML_COMPLETED";
    public const string ListsCopied = "DOWNLOAD_CSV_ZIP_COMPLETED";
    public const string UserRequesting = "USER_REQUESTING";
    public const string UploadStarted = "RECIPIENTS_UPLOAD_STARTED";
    public const string RecipientsAdded = "RECIPIENTS_ADDED";
    public const string UploadFinished = "RECIPIENTS_UPLOAD_FINISHED";
    public const string Qualifier = "QUALIFIER_ID";
    public const string QualifierTest = "QUALIFIER_TEST_ID";
    public const string Content = "DELIVERY_CONTENT";
    public const string DeliveryTest = "DELIVERY_ID_TEST";
    public const string Delivery = "DELIVERY_ID";
    public const string Started = "DELIVERY_STARTED";
    public const string Finished = "DELIVERY_FINISHED";
    public const string Internal = "INTERNAL_ERROR";
}
