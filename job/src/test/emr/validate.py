"""usage: validate.py SERVICE OPERATION <JSON: says what the service's model finds wrong with an operation's input."""
import json
import sys

from awscli.botocore.loaders import Loader
from awscli.botocore.model import ServiceModel
from awscli.botocore.validate import ParamValidator
from awscli import botocore
import os

service, operation = sys.argv[1:]
data = os.path.join(os.path.dirname(botocore.__file__), "data")
model = ServiceModel(Loader(extra_search_paths=[data]).load_service_model(service, "service-2"))
shape = model.operation_model(operation).input_shape
report = ParamValidator().validate(json.load(sys.stdin), shape)
print(report.generate_report())
